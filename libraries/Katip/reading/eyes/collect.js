// Collects what a person sees in one document, as plain data: text runs, controls, values, boxes, states. Evaluated in the page's isolated
// world, once in each document; what the page has replaced in its scripts is not replaced there.

function makeCollect({ shownPart, opacityOf }, drawnHere, elementsHere, sightHere, ground, { watchRoot }) {
  const { LEAST_OPACITY, facingOf, isErased, markDrawn, passedOn, readable, showsBack, wordsDrawn } = drawnHere;
  const { CONTROL, IGNORED, LEAF, readsTyped, childrenOf, describeControl, describeField, disabledBy, drawnText, faceOf, isDot, isIconFont, looksLikeIcon, paintOf, tagOf, typeOf } = elementsHere;
  const { CUT_AWAY, clipOf, isLayer, markCovered, round, sight, standpoint } = sightHere;
  const STRUCTURE = new Set(['TABLE', 'THEAD', 'TBODY', 'TR', 'TD', 'TH', 'LI', 'UL', 'NAV', 'FORM', 'FIELDSET', 'LEGEND', 'DIALOG',
    'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'IFRAME', 'FRAME', 'DT', 'DD', 'CAPTION', 'HEADER', 'FOOTER', 'OUTPUT']);
  // Far beyond what a person reads on one page. A page that exceeds them is an error; it is never read in part.
  const MOST_ELEMENTS = 80000;
  const MOST_CHARACTERS = 2e6;
  const LONGEST_WALK_MS = 15000;
  const TELLING_ROLES = new Set(['alert', 'status', 'log']);
  const ACTING_ROLES = new Set(['button', 'link', 'tab', 'menuitem', 'treeitem', 'option', 'switch', 'checkbox', 'radio', 'combobox']);
  const TELLING_ATTRIBUTES = ['role', 'aria-label', 'title', 'onclick', 'tabindex', 'aria-selected', 'aria-modal', 'aria-busy', 'contenteditable'];
  const LETTERS = /^\s*\p{L}(?:\s*[-–—]\s*\p{L})?\s*$/u; // of a part of a list
  let nodes;
  let elements;
  let states;
  let candidates;
  let layers;
  let line;
  let step;
  let spoken;
  let unseen; // how many runs of text nobody can read where they are drawn
  let walked = 0;
  let characters = 0;
  let exceeded = '';
  let walkEnds = 0;
  let lookNumber = 0;
  let withColours = false; // true where the colour behind each text is wanted
  const firstSeen = new WeakMap(); // text node of a message -> the number of the look that saw it first
  const range = document.createRange();

  // True once the page exceeds a limit of a look; the walk then ends.
  function isBeyond() {
    if (exceeded) return true;
    if (walked > MOST_ELEMENTS) exceeded = `more than ${MOST_ELEMENTS} elements`;
    else if (characters > MOST_CHARACTERS) exceeded = `more than ${MOST_CHARACTERS} characters of text`;
    else if (walked % 256 === 0 && Date.now() > walkEnds) exceeded = `a page that is not read through in ${LONGEST_WALK_MS / 1000} s`;
    return Boolean(exceeded);
  }

  // state: what is passed on to an element from those around it; the characters themselves of a run of text.
  function add(record, node, state) {
    nodes.push(record);
    elements.push(node);
    states.push(state);
    return nodes.length - 1;
  }

  function textRun(node, state, style) {
    const text = node.nodeValue;
    characters += text.length;
    if (isBeyond()) return;
    if (!/\S/.test(text)) {
      const before = nodes[nodes.length - 1];
      if (text && before && before.x !== undefined) before.x += ' ';
      return;
    }
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 0.5 || box.height < 0.5) return;
    const off = sight(box, state.clip);
    const isIcon = looksLikeIcon(text, box, style);
    const shown = isIcon ? text : readable(node, box, style, state);
    if (!shown) {
      unseen += 1;
      return;
    }
    const record = { p: state.parent, x: shown, b: round(box), l: line };
    if (off) record.o = off;
    if (isIcon) record.ic = 1;
    else if (off !== CUT_AWAY) spoken += 1;
    if (state.tells) {
      if (!firstSeen.has(node)) firstSeen.set(node, lookNumber);
      record.fs = firstSeen.get(node);
    }
    const parent = node.parentElement || node.parentNode.host;
    if (text.length < 8 && (/^\s*\d+\s*$/.test(text) || (LETTERS.test(text) && (style.cursor === 'pointer' || CONTROL.has(tagOf(parent)))))) record.st = paintOf(parent, style);
    if (withColours) record.bg = ground.written(state.ground);
    if (!off) candidates.push({ record, element: parent, box, order: step, last: step });
    add(record, node, text);
  }

  // The words that a style draws in an element before or after what is in it.
  function styleRun(element, which, box, inner) {
    const drawn = wordsDrawn(element, which, inner.opacity, isIconFont);
    if (!drawn) return;
    range.selectNodeContents(element);
    const inside = range.getBoundingClientRect();
    const beside = !drawn.apart && inside.width > 0;
    const edge = which === '::before' ? inside.left - 1 : inside.right;
    const place = beside ? { left: edge, top: inside.top, width: 1, height: inside.height, right: edge + 1, bottom: inside.bottom } : box;
    styleWords(element, drawn.words, place, inner, drawn.apart);
  }

  function styleWords(element, words, box, inner, apart) {
    if (box.width < 0.5 || box.height < 0.5) return;
    const off = sight(box, inner.clip);
    if (apart) line += 1;
    const record = { p: inner.parent, x: words, b: round(box), l: line };
    if (off) record.o = off;
    if (off !== CUT_AWAY) spoken += 1;
    characters += words.length;
    add(record, element, null);
    if (apart) line += 1;
  }

  function walk(element, state) {
    walked += 1;
    if (isBeyond()) return;
    const tag = tagOf(element).toUpperCase();
    const face = tag === 'FORM' ? faceOf(element) : element;
    if (IGNORED.has(tag)) return;
    const style = window.getComputedStyle(element);
    const display = style.display;
    if (display === 'none' || style.contentVisibility === 'hidden') return;
    const contents = display === 'contents';
    if (!contents && !face.checkVisibility()) return;
    const opacity = state.opacity * opacityOf(style);
    const checkable = tag === 'INPUT' && (face.type === 'checkbox' || face.type === 'radio');
    if (opacity < LEAST_OPACITY && !checkable) return;
    const { transform } = style;
    const facing = facingOf(style, transform, state);
    if (isErased(style) || showsBack(style, facing)) return;

    const order = (step += 1);
    const box = face.getBoundingClientRect();
    const isInline = contents || display === 'inline';
    const visible = style.visibility === 'visible';
    const position = style.position;
    let clip = position === 'fixed' ? null : position === 'absolute' ? state.outerClip : state.clip;
    const shown = style.clipPath === 'none' && style.clip === 'auto' ? null : shownPart(style, box);
    if (shown) clip = { box: shown, up: clip, x: '', y: '' };
    const pointer = style.cursor === 'pointer' && state.cursor !== 'pointer';
    const named = face.hasAttributes();
    const disabled = visible ? disabledBy(face, style, opacity, state, named) : '';
    const reachable = state.pointerEvents === 'none' && style.pointerEvents !== 'none';
    const replaced = tag === 'IMG' || tag === 'SVG' || tag === 'CANVAS';
    const cuts = !isInline && tag !== 'BODY' && tag !== 'HTML' && (style.overflowX !== 'visible' || style.overflowY !== 'visible');
    const inner = { parent: state.parent, opacity, cursor: style.cursor, pointerEvents: style.pointerEvents, clip, outerClip: state.outerClip,
      ...(tag === 'FORM' || element.firstChild || element.shadowRoot ? passedOn(style, transform, state, display) : null), facing: style.transformStyle === 'preserve-3d' ? facing : null,
      tells: state.tells || (named && TELLING_ROLES.has(face.getAttribute('role'))),
      ground: withColours ? ground.groundOf(element, style, opacity, state.ground) : state.ground };
    if (cuts) inner.clip = clipOf(face, style, box, clip);
    if (position !== 'static' || transform !== 'none') inner.outerClip = inner.clip;
    const scrolls = cuts && (inner.clip.x || inner.clip.y) && tag !== 'TEXTAREA' && tag !== 'INPUT';
    const control = CONTROL.has(tag);
    const bar = position !== 'static' && box.width >= 4 && box.width <= 24 && box.height > 1.5 * box.width && !childrenOf(element).length;
    const sample = withColours && ground.isSample(element, style, box);
    const telling = control || sample || bar || STRUCTURE.has(tag) || pointer || replaced || scrolls || disabled || reachable || typeof face.onclick === 'function'
      || (named && TELLING_ATTRIBUTES.some((name) => face.hasAttribute(name)));
    const acts = control || pointer || (named && (ACTING_ROLES.has(face.getAttribute('role')) || face.hasAttribute('onclick')));
    const boundary = !isInline || acts;
    if (boundary) line += 1;
    const several = face.childElementCount > 1 || (face.childElementCount && boundary) || face.shadowRoot;
    const hasBox = box.width > 0 && box.height > 0;
    let candidate = null;
    if (visible && (telling || several) && (hasBox || contents || tag === 'TR' || tag === 'TBODY' || checkable)) {
      const record = { p: state.parent, t: tag.toLowerCase(), b: round(box) };
      if (withColours) record.bg = ground.written(inner.ground);
      if (sample) record.sm = 1;
      if (telling) describeControl(face, tag, record);
      if (tag === 'INPUT' || tag === 'TEXTAREA' || tag === 'SELECT' || tag === 'BUTTON') describeField(element, tag, record);
      if (pointer) record.cu = 1;
      if ((control || pointer) && isDot(element, style, box)) record.dt = paintOf(element, style);
      if (disabled) record.d = disabled;
      if (reachable) record.pe = 1;
      if (opacity < LEAST_OPACITY || (record.ty !== undefined && (box.width <= 2 || box.height <= 2))) record.gh = 1;
      if (!isInline) record.bl = 1;
      if (scrolls) {
        record.s = [face.scrollLeft, face.scrollTop, face.scrollWidth, face.scrollHeight, face.clientWidth, face.clientHeight];
        if (inner.clip.x !== 'hand') record.sh = 1;
        if (inner.clip.y !== 'hand') record.sv = 1;
      }
      const off = sight(box, clip);
      if (off) record.o = off;
      if (record.v !== undefined || control) record.l = line;
      inner.parent = add(record, element, state);
      if (!off && hasBox && (control || record.r || pointer || replaced || record.on || record.tb)) {
        candidate = { record, element, box, order, last: order };
        candidates.push(candidate);
      }
    }

    const [said, missed] = [spoken, unseen];
    const first = nodes.length;
    const read = (!LEAF.has(tag) || (tag === 'SVG' && face.querySelector('text, foreignObject'))) && (readsTyped || !face.isContentEditable);
    if (read) {
      const mark = visible ? markDrawn(style) : '';
      if (mark) styleWords(element, mark, box, inner, false);
      if (visible) styleRun(element, '::before', box, inner);
      walkInside(element, tag, inner, style, visible);
      if (visible) styleRun(element, '::after', box, inner);
    }
    if (contents && inner.parent !== state.parent) boxAround(nodes[inner.parent], first);
    if (candidate) candidate.last = step;
    if (visible && hasBox && isLayer(style, transform)) layers.push({ box, order, last: step });
    if (inner.parent !== state.parent) nameSilent(element, tag, nodes[inner.parent], spoken > said, first, unseen > missed);
    if (boundary) line += 1;
  }

  // An element without a box of its own (display: contents) gets the box around its contents.
  function boxAround(record, first) {
    const inside = nodes.slice(first).map((node) => node.b).filter(([, , width, height]) => width && height);
    if (!inside.length) return;
    const [left, top] = [Math.min(...inside.map(([x]) => x)), Math.min(...inside.map(([, y]) => y))];
    const [right, bottom] = [Math.max(...inside.map(([x, , width]) => x + width)), Math.max(...inside.map(([, y, , height]) => y + height))];
    record.b = [left, top, right - left, bottom - top];
    delete record.o;
  }

  function walkInside(element, tag, inner, style, visible) {
    const assigned = tag === 'SLOT' ? element.assignedNodes() : [];
    const root = tag === 'FORM' ? null : element.shadowRoot;
    if (root) watchRoot(root);
    const children = root ? root.childNodes : assigned.length ? assigned : childrenOf(element);
    for (const child of children) {
      if (typeOf(child) === 1) {
        if (child.tagName === 'BR') line += 1;
        else walkSafely(child, inner);
      } else if (typeOf(child) === 3 && visible) textRun(child, inner, style);
    }
  }

  // What cannot be read is no page that is read in part.
  function walkSafely(element, state) {
    try { walk(element, state); } catch { exceeded = exceeded || 'an element that cannot be read'; }
  }

  // Name a control without visible text: by CSS content, or by its text for screen readers.
  function nameSilent(element, tag, record, says, first, erased) {
    if (record.alt) spoken += 1;
    if (says || record.alt || record.ty && tag !== 'BUTTON') return;
    if (!(CONTROL.has(tag) || record.r || record.cu || record.on)) return;
    if (erased || nodes.slice(first).some((node) => node.alt)) return;
    const icons = nodes.slice(first).filter((node) => node.ic).map((node) => node.x.trim());
    const hidden = icons.reduce((text, icon) => text.replace(icon, ''), element.textContent).trim();
    const text = drawnText(element) || hidden.slice(0, 120);
    if (text) record.hx = text;
  }

  const outermost = () => ({ parent: -1, opacity: 1, cursor: 'auto', pointerEvents: 'auto', clip: null, outerClip: null, tells: false,
    behind: groundOfPage(), ground: ground.bottom, struck: false, turned: false, paints: false, shaped: false, facing: null });

  function groundOfPage() {
    const style = window.getComputedStyle(document.documentElement);
    return style.backgroundImage === 'none' && style.backgroundColor === 'rgba(0, 0, 0, 0)' && window === window.top ? [255, 255, 255, 1] : null;
  }

  function collect(number, colours) {
    lookNumber = number;
    withColours = colours;
    nodes = [];
    elements = [];
    states = [];
    candidates = [];
    layers = [];
    line = 0;
    step = 0;
    spoken = 0;
    unseen = 0;
    walked = 0;
    characters = 0;
    exceeded = '';
    walkEnds = Date.now() + LONGEST_WALK_MS;
    const where = standpoint();
    if (!where) return { hidden: true, nodes: [] };
    const { body } = document;
    if (body && body.tagName === 'FRAMESET') {
      document.querySelectorAll('frame').forEach((frame) => add({ p: -1, t: 'frame', b: round(frame.getBoundingClientRect()) }, frame, null));
    } else if (body) {
      // A page can add elements beside its body, and show what is in its head.
      for (const element of childrenOf(document.documentElement)) if (typeOf(element) === 1) walkSafely(element, outermost());
      if (!exceeded) markCovered(where.holders, candidates, layers);
    }
    if (exceeded) return { exceeded, nodes: [], x: 0, y: 0, title: '', ready: document.readyState };
    return { nodes, x: where.x, y: where.y, title: String(document.title), ready: document.readyState };
  }

  // The words that are seen now in an element of an earlier look.
  function wordsIn(element, state) {
    const kept = [nodes, elements, states, candidates, layers, line, step, spoken, unseen, walked, characters, withColours];
    [nodes, elements, states, candidates, layers, line, step, spoken, unseen, walked, characters, withColours] = [[], [], [], [], [], 0, 0, 0, 0, 0, 0, false];
    walkEnds = Date.now() + LONGEST_WALK_MS;
    walkSafely(element, state);
    /** @type {any[]} */
    const read = nodes;
    const words = read.filter((node) => node.x !== undefined).map((node) => node.x.trim()).join(' ');
    [nodes, elements, states, candidates, layers, line, step, spoken, unseen, walked, characters, withColours] = kept;
    return words;
  }

  return { collect: (number, colours) => ({ seen: collect(number, colours), nodes, elements, states }), wordsIn };
}

module.exports = { makeCollect };
