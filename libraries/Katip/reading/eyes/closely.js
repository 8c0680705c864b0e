// Whether a text that decides something is drawn as it is written: looked at more closely than each look has time for. Evaluated in the page's
// isolated world.

/**
 * @typedef {import('./types').AnyElement} AnyElement
 * @typedef {import('./types').Edges} Edges
 * @typedef {{ element: AnyElement, box: DOMRect, drawn: Edges }} Framed
 */

/**
 * @param {ReturnType<typeof import('./drawn').makeDrawn>} drawnHere
 * @param {ReturnType<typeof import('./elements').makeElements>} elementsHere
 * @param {ReturnType<typeof import('./sight').makeSight>} sightHere
 * @param {ReturnType<typeof import('./seen').makeSeen>} seenHere
 */
function makeClosely({ LEAST_OPACITY, channels }, { faceOfAny, parentOf, typeOf }, { contains, isBar }, { stacksAt, overIn }) {
  const LARGE = 8; // CSS pixels: a frame or shadow of that width covers words
  const HARDLY_CHANGED = { brightness: [0.5, 1.6], contrast: [0.5, 3] };
  const TURNED = /(?:invert|url)\(/;
  const FIRST = ['fontSize', 'fontFamily', 'webkitTextFillColor', 'textTransform', 'visibility']; // these are inherited
  const range = document.createRange();

  const around = function* around(/** @type {AnyElement} */ node) {
    for (let one = node; one && typeOf(one) !== 9; one = parentOf(one) || one.host) if (typeOf(one) === 1) yield one;
  };
  const isOpaque = (/** @type {string} */ colour) => {
    const own = channels(colour);
    return own === null || own[3] >= 0.5;
  };

  // -------------------------------------------------------------------------------------------------------------- its own style

  /** @param {string} filter */
  function isFiltered(filter) {
    if (TURNED.test(filter)) return true;
    return Object.entries(HARDLY_CHANGED).some(([name, [least, most]]) => {
      const found = new RegExp(`${name}\\(([\\d.]+)(%?)\\)`).exec(filter);
      const value = found ? Number(found[1]) / (found[2] ? 100 : 1) : 1;
      return value < least || value > most;
    });
  }

  // What an element's style does to the words in it that nothing else tells.
  /** @param {AnyElement} element @param {Map<AnyElement, string>} known */
  function doubtOfStyle(element, known) {
    if (known.has(element)) return known.get(element);
    const style = window.getComputedStyle(element);
    const isPage = element === document.documentElement || element === document.body;
    let doubt = '';
    if (style.mixBlendMode !== 'normal') doubt = 'mixed';
    else if (!isPage && style.filter !== 'none' && isFiltered(style.filter)) doubt = 'filtered';
    else if (/^(?:block|inline-block|list-item|table-cell|flow-root)/.test(style.display)) doubt = doubtOfFirst(element, style);
    known.set(element, doubt);
    return doubt;
  }

  /** @param {AnyElement} element @param {CSSStyleDeclaration} style */
  function doubtOfFirst(element, style) {
    const differs = ['::first-letter', '::first-line'].some((which) => {
      const first = /** @type {any} */ (window.getComputedStyle(element, which));
      return FIRST.some((name) => first[name] && first[name] !== /** @type {any} */ (style)[name]);
    });
    return differs ? 'first' : '';
  }

  // A shadow far away from letters draws them elsewhere.
  /** @param {CSSStyleDeclaration} style */
  function isDrawnAside(style) {
    const found = /^(.+\)) (-?[\d.]+)px (-?[\d.]+)px/.exec(style.textShadow);
    return found !== null && isOpaque(found[1]) && (Math.abs(Number(found[2])) > LARGE || Math.abs(Number(found[3])) > LARGE);
  }

  // ------------------------------------------------------------------------------------------------- what is drawn over the letters

  /** @param {CSSStyleDeclaration} style @param {CSSStyleDeclaration} plain */
  const hides = (style, plain) => {
    const letters = channels(style.color);
    const ground = channels(style.backgroundColor);
    if (!letters || letters[3] < LEAST_OPACITY) return true;
    return style.color !== plain.color && (!ground || ground[3] < 0.5 || ground.slice(0, 3).every((one, which) => Math.abs(one - letters[which]) < 16));
  };

  /** @param {AnyElement} node @param {AnyElement} element */
  function doubtOfHighlight(node, element) {
    const plain = window.getComputedStyle(element);
    for (const [name, highlight] of CSS.highlights) {
      const isIn = Array.from(highlight).some((one) => one.startContainer.isConnected && meetsRange(one, node));
      if (isIn && hides(window.getComputedStyle(element, `::highlight(${name})`), plain)) return 'highlighted';
    }
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed || !selection.containsNode(node, true)) return '';
    const style = window.getComputedStyle(element, '::selection');
    return style.color !== plain.color && hides(style, plain) ? 'selected' : '';
  }

  /** @param {AbstractRange} one @param {AnyElement} node */
  function meetsRange(one, node) {
    range.selectNodeContents(node);
    const whole = one instanceof Range ? one : Object.assign(document.createRange(), {});
    if (whole !== one) {
      whole.setStart(one.startContainer, one.startOffset);
      whole.setEnd(one.endContainer, one.endOffset);
    }
    return whole.compareBoundaryPoints(Range.END_TO_START, range) < 0 && whole.compareBoundaryPoints(Range.START_TO_END, range) > 0;
  }

  // Families of which a face draws some of the plain letters only: it may draw others in their place.
  function oddFamilies() {
    const odd = new Set();
    for (const face of document.fonts) {
      if (face.status !== 'loaded' || face.unicodeRange === 'U+0-10FFFF') continue;
      const spans = face.unicodeRange.split(',').map((text) => text.trim().replace(/^U\+/i, '')).map((text) => {
        const [from, to = from] = text.split('-');
        return [parseInt(from.replace(/\?/g, '0'), 16), parseInt(to.replace(/\?/g, 'F'), 16)];
      });
      const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', (letter) => letter.charCodeAt(0));
      const drawn = letters.filter((letter) => spans.some(([from, to]) => from <= letter && letter <= to));
      if (drawn.length && drawn.length < letters.length) odd.add(face.family.replace(/["']/g, ''));
    }
    return odd;
  }

  const familiesOf = (/** @type {CSSStyleDeclaration} */ style) => style.fontFamily.split(',').map((name) => name.trim().replace(/["']/g, ''));

  // ------------------------------------------------------------------------------------------------------------------- the places

  // The places in the window at which words are drawn, inside everything that clips them.
  /** @param {AnyElement} node @param {AnyElement} element @param {(element: AnyElement) => Edges | null} boxes */
  function placesOf(node, element, boxes) {
    range.selectNodeContents(node);
    const drawn = Array.from(typeOf(node) === 3 ? range.getClientRects() : [faceOfAny(element).getBoundingClientRect()]).filter((box) => box.width > 1 && box.height > 1).slice(0, 2);
    const clips = Array.from(around(element)).map((one) => boxes(one)).filter((box) => box !== null);
    const isShown = (/** @type {any[]} */ [x, y]) => x > 0 && y > 0 && x < window.innerWidth && y < window.innerHeight
      && clips.every((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
    const shares = typeOf(node) === 3 ? [0.5, 0.1, 0.9] : [0.5]; // at the ends of a field are its signs
    return drawn.flatMap((box) => shares.map((share) => [box.left + share * box.width, (box.top + box.bottom) / 2])).filter(isShown);
  }

  // Return a function that gives the box by which an element clips what is in it, or null; each is asked once.
  function clipping() {
    const known = new Map();
    return (/** @type {AnyElement} */ element) => {
      if (!known.has(element)) {
        const { overflowX, overflowY, display } = window.getComputedStyle(element);
        const clips = (overflowX !== 'visible' || overflowY !== 'visible') && display !== 'inline' && element !== document.body && element !== document.documentElement;
        known.set(element, clips ? faceOfAny(element).getBoundingClientRect() : null);
      }
      return known.get(element);
    };
  }

  // Elements whose frame or shadow is wide enough to cover words: no pointer finds it.
  function wideFrames() {
    return Array.from(document.querySelectorAll('*')).flatMap((element) => {
      const style = window.getComputedStyle(element);
      const outline = style.outlineStyle === 'none' || !isOpaque(style.outlineColor) ? 0 : parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
      const shadow = style.boxShadow === 'none' || style.boxShadow.includes('inset') ? null : /^(.+\)) (-?[\d.]+)px (-?[\d.]+)px [\d.]+px (-?[\d.]+)px/.exec(style.boxShadow);
      const [dx, dy, spread] = shadow && isOpaque(shadow[1]) ? shadow.slice(2).map(Number) : [0, 0, 0];
      if (Math.max(outline, Math.abs(dx), Math.abs(dy), spread) < LARGE || style.visibility !== 'visible') return [];
      const box = faceOfAny(element).getBoundingClientRect();
      /** @param {number[]} aside @param {number} by */
      const grown = ([right, down], by) => ({ left: box.left + right - by, top: box.top + down - by, right: box.right + right + by, bottom: box.bottom + down + by });
      return [grown([0, 0], outline), grown([dx, dy], spread)].map((drawn) => ({ element, box, drawn }));
    });
  }

  /** @param {Edges} box @param {number[]} place */
  const holds = (box, [x, y]) => box.left < x && x < box.right && box.top < y && y < box.bottom;
  /** @param {Framed[]} frames @param {AnyElement} element @param {number[]} place */
  const inFrame = (frames, element, place) => frames.find((one) => !contains(one.element, element) && holds(one.drawn, place) && !holds(one.box, place));

  // Whether a person scrolls the words out from under a cover, as under a pinned column.
  /** @param {AnyElement} element @param {AnyElement} cover @param {DOMRect} box */
  function isScrolledOut(element, cover, box) {
    const over = faceOfAny(cover).getBoundingClientRect();
    return Array.from(around(element)).some((any) => {
      const { overflowX } = window.getComputedStyle(any);
      if (overflowX === 'visible' || overflowX === 'clip' || contains(any, cover)) return false;
      const scroller = faceOfAny(any);
      const left = scroller.scrollWidth - scroller.clientWidth - scroller.scrollLeft;
      return box.right - over.left <= left || over.right - box.left <= scroller.scrollLeft;
    });
  }

  // Whether a cover shows the very same words in the same place, as a copy of a pinned column does.
  /** @param {AnyElement} node @param {AnyElement} cover */
  function isCopy(node, cover) {
    const plain = (/** @type {string} */ text) => (text || '').replace(/\s+/g, ' ').trim();
    if (typeOf(node) !== 3 || plain(faceOfAny(cover).textContent) !== plain(node.nodeValue)) return false;
    const style = window.getComputedStyle(cover);
    const [letters, ground] = [channels(style.webkitTextFillColor), channels(style.backgroundColor)];
    return letters !== null && letters[3] >= 0.5 && (ground === null || ground[3] < 0.5 || [0, 1, 2].some((one) => Math.abs(letters[one] - ground[one]) >= 16));
  }

  /** @param {AnyElement} node @param {AnyElement} element @param {AnyElement} cover */
  function isNoCover(node, element, cover) {
    if (contains(cover, element)) return false; // what its own style draws, or that of something around it
    range.selectNodeContents(node);
    return isBar(cover, element) || isCopy(node, cover) || isScrolledOut(element, cover, range.getBoundingClientRect());
  }

  // A backdrop that lets nothing through hides all that is not above it.
  function darkBackdrop() {
    return Array.from(document.querySelectorAll(':modal, :popover-open')).reverse().find((element) => {
      const { backgroundColor, opacity } = window.getComputedStyle(element, '::backdrop');
      const own = channels(backgroundColor);
      return own !== null && own[3] * parseFloat(opacity) > 0.95;
    });
  }

  // -------------------------------------------------------------------------------------------------------------------- together

  // For each text: why it may not be what a person reads in its place, as `doubts.py` knows it; empty where nothing says so.
  /** @param {AnyElement[]} nodes */
  function doubts(nodes) {
    if (document.documentElement.matches(':active-view-transition')) return nodes.map(() => 'transition');
    const [styles, clips, frames, backdrop, odd] = [new Map(), clipping(), wideFrames(), darkBackdrop(), oddFamilies()];
    const texts = nodes.filter((node) => node && node.isConnected).map((node) => ({ node, element: typeOf(node) === 1 ? node : node.parentElement || node.parentNode.host }));
    const found = new Map();
    for (const { node, element } of texts) found.set(node, doubtOf(node, element, styles, odd) || (backdrop && !contains(backdrop, element) ? 'backdrop' : ''));
    const places = texts.filter(({ node }) => !found.get(node)).flatMap(({ node, element }) => placesOf(node, element, clips).map((place) => ({ node, element, place })));
    const stacks = places.length ? stacksAt(places.map((one) => one.place), texts.map(({ element }) => element)) : [];
    places.forEach(({ node, element, place }, index) => {
      if (found.get(node)) return;
      const over = overIn(stacks[index], element, place[0], place[1], typeOf(node) === 3);
      const framed = inFrame(frames, element, place);
      if (over && !isNoCover(node, element, over)) found.set(node, `over ${described(over)}`);
      else if (framed) found.set(node, `over ${described(framed.element)}`);
    });
    return nodes.map((node) => found.get(node) || '');
  }

  /** @param {AnyElement} element */
  const described = (element) => `<${faceOfAny(element).tagName.toLowerCase()}> "${(faceOfAny(element).textContent || '').replace(/\s+/g, ' ').trim().slice(0, 40)}"`;

  /** @param {AnyElement} node @param {AnyElement} element @param {Map<AnyElement, string>} styles @param {Set<string>} odd */
  function doubtOf(node, element, styles, odd) {
    for (const one of around(element)) {
      const doubt = doubtOfStyle(one, styles);
      if (doubt) return doubt;
    }
    const style = window.getComputedStyle(element);
    if (isDrawnAside(style)) return 'aside';
    if (odd.size && familiesOf(style).some((name) => odd.has(name))) return 'font';
    return typeOf(node) === 3 ? doubtOfHighlight(node, element) : '';
  }

  return { doubts };
}

module.exports = { makeClosely };
