// Numbers and secrets on a page, found as a person reads them, and covered while a picture is taken.
//
// `makeCover` is evaluated in the isolated world of each frame, out of reach of the page's scripts: what is text of the page is blackened where it stands, everything else gets a black box over it.
// What counts as a number or a secret follows the same rules as in `masking.py`; `tests/vectors/covered.json` keeps the two alike.

/**
 * @typedef {import('./types').AnyElement} AnyElement
 * @typedef {{ text: string, box: DOMRect, node?: Node, of?: Element, element?: Element | null }} Piece
 */

function makeCover() {
  const SEPARATOR = '[\\s\\u200b-\\u200d\\u2060\\ufeff\\u00ad.\\-/\\u2010-\\u2015_·:]';
  const RUN = new RegExp(`\\d(?:${SEPARATOR}{0,3}\\d)*`, 'g');
  const UNSEEN = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;
  const BETWEEN_PIECES = '\u200b';
  const LENGTH = 11;
  const SGK_LENGTH = 26;

  const isNumber = (/** @type {string} */ digits) => {
    if (digits.length !== LENGTH || digits[0] === '0') return false;
    const d = Array.from(digits, Number);
    const tenth = (((7 * (d[0] + d[2] + d[4] + d[6] + d[8]) - (d[1] + d[3] + d[5] + d[7])) % 10) + 10) % 10;
    return tenth === d[9] && d.slice(0, 10).reduce((a, b) => a + b, 0) % 10 === d[10];
  };

  // Groups of digits in a row that make a number, with one kind of separator between them.
  /** @param {string} run @param {number} start */
  function numbersIn(run, start) {
    const groups = Array.from(run.matchAll(/\d+/g), (found) => ({ at: found.index, digits: found[0] }));
    if (groups.reduce((sum, group) => sum + group.digits.length, 0) === SGK_LENGTH) return [];
    const hits = [];
    for (let from = 0; from < groups.length; from += 1) {
      let digits = '';
      const kinds = new Set();
      for (let to = from; to < groups.length && digits.length < LENGTH; to += 1) {
        const { at, digits: more } = groups[to];
        if (to > from) kinds.add(run.slice(groups[to - 1].at + groups[to - 1].digits.length, at).replace(UNSEEN, '').trim());
        digits += more;
        if (kinds.size <= 1 && isNumber(digits)) {
          hits.push([start + groups[from].at, start + at + more.length]);
          from = to;
        }
      }
    }
    return hits;
  }

  /** @type {Record<string, string>} */
  const TURKISH = { i: 'iıİI', ı: 'iıİI', I: 'iıİI', İ: 'iıİI' };
  const escaped = (/** @type {string} */ letter) => letter.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const anyCase = (/** @type {string} */ letter) => {
    const forms = TURKISH[letter] || [letter, letter.toLowerCase(), letter.toUpperCase()].filter((form) => form.length === 1).join('');
    return `[${Array.from(new Set(forms), (form) => (form === '^' ? '\\^' : escaped(form))).join('')}]`;
  };

  /** @param {string} text @param {string} secret */
  function secretsIn(text, secret) {
    const between = /^\d+$/.test(secret) ? `${SEPARATOR}{0,3}` : '[\\u200b-\\u200d\\u2060\\ufeff\\u00ad]*';
    const pattern = new RegExp(Array.from(secret, anyCase).join(between), 'g');
    return Array.from(text.matchAll(pattern), (found) => [found.index, found.index + found[0].length]);
  }

  // From where to where something stands in a text that may not be seen.
  /** @param {string} text @param {string[]} secrets */
  function hitsIn(text, secrets) {
    const hits = Array.from(text.matchAll(RUN)).flatMap((run) => numbersIn(run[0], run.index));
    for (const secret of secrets) if (secret) hits.push(...secretsIn(text, secret));
    return hits;
  }

  // ------------------------------------------------------------------------------------------------------------ what is drawn

  const TYPED = new Set(['text', 'tel', 'number', 'password', 'search', 'email', 'url', 'date', 'month', 'time', 'week', 'datetime-local', 'color', 'range']);
  const isTyped = (/** @type {AnyElement} */ node) => node.tagName === 'TEXTAREA' || (node.tagName === 'INPUT' && TYPED.has(node.type));
  const isCode = (/** @type {AnyElement} */ node) => isTyped(node) && /one-time-code/.test(node.getAttribute('autocomplete') || '');

  /** @param {AnyElement} element @param {string} which */
  function drawnBeside(element, which) {
    const { content } = window.getComputedStyle(element, which);
    if (!content || content === 'none' || content === 'normal') return '';
    return content.replace(/"((?:[^"\\]|\\.)*)"|attr\(([\w-]+)[^)]*\)|[^"a]+|a/g, (_, words, name) => (words !== undefined ? words.replace(/\\(.)/g, '$1') : name ? element.getAttribute(name) || '' : ''));
  }

  // A list that is open shows all of its options, a closed one what is chosen.
  /** @param {HTMLSelectElement} list */
  function wordsOfList(list) {
    const open = list.multiple || list.size > 1;
    const groups = open ? Array.from(list.querySelectorAll('optgroup'), (group) => group.label) : [];
    return [...groups, ...Array.from(open ? list.options : list.selectedOptions, (option) => option.text)].join(' ');
  }

  // The words that an element draws instead of its contents; null where it draws its contents. A picture that has come draws no words.
  /** @param {AnyElement} element */
  function drawnInstead(element) {
    if (element.tagName === 'SELECT') return wordsOfList(element);
    if (element.tagName === 'IMG' || element.type === 'image') return element.complete && element.naturalWidth ? '' : element.alt;
    if (element.tagName === 'INPUT' || element.tagName === 'TEXTAREA') return element.value || element.placeholder;
    return null;
  }

  // Every piece of what is drawn, in the document's order: its words, its place, and how it is covered.
  function pieces() {
    /** @type {Piece[]} */
    const found = [];
    /** @type {(Document | ShadowRoot)[]} */
    const roots = [document];
    /** @param {string} text @param {DOMRect} box @param {object} more */
    const add = (text, box, more) => {
      if (text && box.width > 0 && box.height > 0) found.push({ text, box, ...more });
    };
    const visit = (/** @type {AnyElement} */ element) => {
      const words = (/** @type {string} */ which) => add(drawnBeside(element, which), element.getBoundingClientRect(), { element, of: element });
      words('::before');
      const instead = drawnInstead(element);
      if (instead === null) visitInside(element);
      else add(instead, element.getBoundingClientRect(), { element });
      words('::after');
    };
    const visitInside = (/** @type {AnyElement} */ element) => {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      for (const child of (element.shadowRoot || element).childNodes) {
        if (child.nodeType === 1) visit(child);
        else if (child.nodeType === 3 && child.nodeValue.trim()) addText(child, element);
      }
      if (element.shadowRoot) for (const child of element.childNodes) if (child.assignedSlot) visitSlotted(child, element);
    };
    /** @param {AnyElement} child @param {AnyElement} element */
    const visitSlotted = (child, element) => (child.nodeType === 1 ? visit(child) : addText(child, element));
    const range = document.createRange();
    /** @param {AnyElement} node @param {AnyElement} element */
    const addText = (node, element) => {
      range.selectNodeContents(node);
      add(node.nodeValue, range.getBoundingClientRect(), { node, of: element, element: element instanceof SVGElement ? element : null });
    };
    if (document.documentElement) visit(document.documentElement);
    return { found, roots };
  }

  // Whether a person reads on from one piece to the next: on the same line, and near; single signs in boxes may stand further apart.
  /** @param {Piece} one @param {Piece} other */
  function readsOn(one, other) {
    if (one.of && one.of === other.of && (!one.node || !other.node)) return true;
    const height = Math.min(one.box.height, other.box.height);
    const shared = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    if (shared < height / 2) return false;
    const single = one.text.trim().length === 1 && other.text.trim().length === 1;
    const gap = other.box.left - one.box.right;
    return gap > -2 * height && gap < (single ? 3 : 0.6) * height;
  }

  /** @param {string[]} secrets @param {boolean} whole */
  function look(secrets, whole) {
    const { found, roots } = pieces();
    /** @type {{ ranges: Range[], elements: Set<Element>, roots: (Document | ShadowRoot)[] }} */
    const covers = { ranges: [], elements: new Set(), roots };
    /** @param {Piece} piece @param {number} from @param {number} to */
    const cover = (piece, from, to) => {
      if (piece.element) covers.elements.add(piece.element);
      else {
        const range = document.createRange();
        const node = /** @type {Node} */ (piece.node);
        range.setStart(node, from);
        range.setEnd(node, to);
        covers.ranges.push(range);
      }
    };
    for (let first = 0; first < found.length;) {
      let last = first;
      while (last + 1 < found.length && readsOn(found[last], found[last + 1])) last += 1;
      const line = found.slice(first, last + 1);
      /** @type {number[]} */
      const starts = [];
      let text = '';
      for (const piece of line) {
        starts.push(text.length);
        text += piece.text + BETWEEN_PIECES;
      }
      const alone = line.flatMap((piece, index) => hitsIn(piece.text, secrets).map((hit) => hit.map((at) => at + starts[index])));
      for (const [from, to] of [...hitsIn(text, secrets), ...alone]) {
        line.forEach((piece, index) => {
          const [begin, end] = [Math.max(from - starts[index], 0), Math.min(to - starts[index], piece.text.length)];
          if (begin < end) cover(piece, begin, end);
        });
      }
      first = last + 1;
    }
    let typesSecrets = false;
    /** @param {ParentNode} root */
    const visitFields = (root) => root.querySelectorAll('input, textarea, select').forEach((/** @type {AnyElement} */ field) => {
      const secret = field.type === 'password' || isCode(field);
      typesSecrets = typesSecrets || secret;
      if (secret || (whole && isTyped(field) && field.value)) covers.elements.add(field);
    });
    roots.forEach(visitFields);
    // What is painted cannot be read: where secrets are typed it is covered.
    if (typesSecrets || whole) roots.forEach((root) => root.querySelectorAll('canvas').forEach((canvas) => covers.elements.add(canvas)));
    return covers;
  }

  // ----------------------------------------------------------------------------------------------------------------- the cover

  const boxesOf = (/** @type {Iterable<Element>} */ elements) => Array.from(elements, (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left, top, width, height].map((side) => Math.round(side * 2) / 2).join(' ');
  });

  const HOLDER = ['all: initial', 'display: block', 'position: fixed', 'inset: 0', 'width: 100vw', 'height: 100vh', 'margin: 0', 'padding: 0', 'border: 0',
    'background: none', 'opacity: 1', 'visibility: visible', 'transform: none', 'filter: none', 'clip-path: none', 'mask: none', 'pointer-events: none', 'z-index: 2147483647'];

  /** @param {Iterable<Element>} elements */
  function boxesOver(elements) {
    const holder = document.createElement('div');
    holder.setAttribute('popover', 'manual');
    // No rule of the page outweighs these.
    holder.style.cssText = HOLDER.map((rule) => `${rule} !important`).join(';');
    const inside = holder.attachShadow({ mode: 'closed' });
    for (const element of elements) {
      const { left, top, width, height } = element.getBoundingClientRect();
      const box = document.createElement('div');
      box.style.cssText = `position: fixed; left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px; background: #000`;
      inside.append(box);
    }
    document.documentElement.append(holder);
    holder.showPopover();
    return holder;
  }

  /** @param {{ secrets: string[], wholeOn?: string[] }} what */
  function cover({ secrets, wholeOn }) {
    const whole = (wholeOn || []).includes(window.location.origin);
    const { ranges, elements, roots } = look(secrets, whole);
    const sheet = new CSSStyleSheet();
    const name = `cover-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
    const highlight = new Highlight(...ranges);
    if (ranges.length) {
      CSS.highlights.set(name, highlight);
      sheet.replaceSync(`::highlight(${name}) { color: #000 !important; background-color: #000 !important; text-shadow: none !important; text-decoration: none !important; }`);
      for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }
    const before = boxesOf(elements);
    const holder = elements.size ? boxesOver(elements) : null;
    // Takes the cover off, and tells whether it lay on all that was to be covered until now.
    return () => {
      const lay = (!holder || (holder.isConnected && holder.matches(':popover-open')))
        && (!ranges.length || (CSS.highlights.get(name) === highlight && roots.every((root) => Array.from(root.adoptedStyleSheets).includes(sheet))));
      if (holder) holder.remove();
      const now = look(secrets, whole);
      if (ranges.length) {
        CSS.highlights.delete(name);
        for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
      }
      /** @param {Range} range */
      const stayed = (range) => ranges.some((old) => old.startContainer === range.startContainer && old.startOffset <= range.startOffset && old.endOffset >= range.endOffset);
      return lay && now.ranges.every(stayed) && Array.from(now.elements).every((element) => elements.has(element)) && boxesOf(elements).join() === before.join();
    };
  }

  return { hitsIn, cover };
}

module.exports = { makeCover };
