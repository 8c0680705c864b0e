// Collects what a person sees in one document, as plain data: text runs, controls, values, boxes, states. Evaluated in the page's isolated
// world, once in each document; what the page has replaced in its scripts is not replaced there.

/**
 * @typedef {import('./types').NodeRecord} NodeRecord
 * @typedef {import('./types').WalkState} WalkState
 * @typedef {import('./types').Facts} Facts
 * @typedef {import('./types').Clip} Clip
 * @typedef {import('./types').Candidate} Candidate
 * @typedef {import('./types').Layer} Layer
 * @typedef {import('./types').Edges & { width: number, height: number }} Sized
 */

/**
 * @param {{ opacityOf: (style: CSSStyleDeclaration) => number }} shapesHere
 * @param {ReturnType<typeof import('./drawn').makeDrawn>} drawnHere
 * @param {ReturnType<typeof import('./elements').makeElements>} elementsHere
 * @param {ReturnType<typeof import('./sight').makeSight>} sightHere
 * @param {ReturnType<typeof import('./ground').makeGround>} ground
 * @param {ReturnType<typeof import('./facts').makeFacts>} factsHere
 * @param {{ watchRoot: (root: any) => void }} watch
 */
function makeCollect({ opacityOf }, drawnHere, elementsHere, sightHere, ground, factsHere, { watchRoot }) {
  const { facingOf, markDrawn, readable, wordsDrawn } = drawnHere;
  const { CONTROL, IGNORED, childrenOf, drawnText, faceOf, isIconFont, looksLikeIcon, paintOf, tagOf, typeOf } = elementsHere;
  const { CUT_AWAY, isLayer, markCovered, round, sight, standpoint } = sightHere;
  const { factsOf, isDrawn, isRecorded, isRendered, isWalkedInto, mayBeCovered, recordOf } = factsHere;
  // Far beyond what a person reads on one page. A page that exceeds them is an error; it is never read in part.
  const MOST_ELEMENTS = 80000;
  const MOST_CHARACTERS = 2e6;
  const LONGEST_WALK_MS = 15000;
  const LEAST_DRAWN = 0.5; // CSS pixels: a text in a smaller box is not drawn
  const LONGEST_OF_PAGER = 7; // characters: a page's number with blanks around it, or "A - D"
  const LONGEST_HIDDEN = 120; // characters of a name for screen readers
  const LETTERS = /^\s*\p{L}(?:\s*[-–—]\s*\p{L})?\s*$/u; // of a part of a list
  /** @type {NodeRecord[]} */
  let nodes = [];
  /** @type {any[]} */
  let elements = [];
  /** @type {(WalkState | string | null)[]} */
  let states = [];
  /** @type {Candidate[]} */
  let candidates = [];
  /** @type {Layer[]} */
  let layers = [];
  let line = 0;
  let step = 0; // counts the elements in the order of the walk
  let spoken = 0; // counts the texts that are read
  let unseen = 0; // counts the runs of text that nobody can read where they are drawn
  let walked = 0;
  let characters = 0;
  let exceeded = '';
  let walkEnds = 0;
  let lookNumber = 0;
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
  /** @param {NodeRecord} record @param {any} node @param {WalkState | string | null} state */
  function add(record, node, state) {
    nodes.push(record);
    elements.push(node);
    states.push(state);
    return nodes.length - 1;
  }

  /** @param {any} node @param {WalkState} state @param {CSSStyleDeclaration} style */
  function textRun(node, state, style) {
    const text = node.nodeValue;
    characters += text.length;
    if (isBeyond()) return;
    if (!/\S/.test(text)) {
      addBlank(text);
      return;
    }
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < LEAST_DRAWN || box.height < LEAST_DRAWN) return;
    const off = sight(box, state.clip);
    const isIcon = looksLikeIcon(text, box, style);
    const shown = isIcon ? text : readable(node, box, style, state);
    if (!shown) {
      unseen += 1;
      return;
    }
    /** @type {NodeRecord} */
    const record = { p: state.parent, x: shown, b: round(box), l: line };
    if (off) record.o = off;
    if (isIcon) record.ic = 1;
    else if (off !== CUT_AWAY) spoken += 1;
    const parent = node.parentElement || node.parentNode.host;
    describeText(record, node, parent, style, state);
    if (!off) candidates.push({ record, element: parent, box, order: step, last: step });
    add(record, node, text);
  }

  // What is known of a run of text beside its characters.
  /** @param {NodeRecord} record @param {any} node @param {any} parent @param {CSSStyleDeclaration} style @param {WalkState} state */
  function describeText(record, node, parent, style, state) {
    if (state.tells) record.fs = firstLookAt(node);
    if (mayBeOfPager(node.nodeValue, parent, style)) record.st = paintOf(parent, style);
    if (state.ground) record.bg = ground.written(state.ground);
  }

  // White space between two runs of text separates their words.
  /** @param {string} text */
  function addBlank(text) {
    const before = nodes[nodes.length - 1];
    if (text && before && before.x !== undefined) before.x += ' ';
  }

  // The number of the look that saw a text first: a message may say again what an earlier one said.
  /** @param {any} node @returns {number} */
  function firstLookAt(node) {
    if (!firstSeen.has(node)) firstSeen.set(node, lookNumber);
    return firstSeen.get(node);
  }

  // True for what may be the number of a page, or the letter of a part of the list: only its paint may say which is current.
  /** @param {string} text @param {any} parent @param {CSSStyleDeclaration} style */
  function mayBeOfPager(text, parent, style) {
    if (text.length > LONGEST_OF_PAGER) return false;
    if (/^\s*\d+\s*$/.test(text)) return true;
    return LETTERS.test(text) && (style.cursor === 'pointer' || CONTROL.has(tagOf(parent)));
  }

  // The words that a style draws in an element before or after what is in it.
  /** @param {any} element @param {'::before' | '::after'} which @param {DOMRect} box @param {WalkState} inner */
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

  /** @param {any} element @param {string} words @param {Sized} box @param {WalkState} inner @param {boolean} apart */
  function styleWords(element, words, box, inner, apart) {
    if (box.width < LEAST_DRAWN || box.height < LEAST_DRAWN) return;
    const off = sight(box, inner.clip);
    if (apart) line += 1;
    /** @type {NodeRecord} */
    const record = { p: inner.parent, x: words, b: round(box), l: line };
    if (off) record.o = off;
    if (off !== CUT_AWAY) spoken += 1;
    characters += words.length;
    add(record, element, null);
    if (apart) line += 1;
  }

  // ------------------------------------------------------------------------------------------------------------------ the walk

  /** @param {any} element @param {WalkState} state */
  function walk(element, state) {
    walked += 1;
    if (isBeyond()) return;
    const tag = tagOf(element).toUpperCase();
    const face = tag === 'FORM' ? faceOf(element) : element;
    if (IGNORED.has(tag)) return;
    const style = window.getComputedStyle(element);
    const { display } = style;
    if (!isRendered(face, style, display)) return;
    const opacity = state.opacity * opacityOf(style);
    const { transform } = style;
    const facing = facingOf(style, transform, state);
    if (!isDrawn(face, tag, style, opacity, facing)) return;
    step += 1;
    const one = factsOf(element, face, tag, style, display, transform, opacity, facing, step, state);
    if (one.boundary) line += 1;
    const candidate = isRecorded(one) ? addElement(one, state) : null;
    const before = { first: nodes.length, spoken, unseen };
    if (isWalkedInto(one)) walkDrawn(one);
    if (candidate) candidate.last = step;
    endElement(one, state, before);
    if (one.boundary) line += 1;
  }

  // Record an element; return it where it is to be asked whether something covers it.
  /** @param {Facts} one @param {WalkState} state @returns {Candidate | null} */
  function addElement(one, state) {
    const { element, box, order } = one;
    const record = recordOf(one, line, state);
    const off = sight(box, one.clip);
    if (off) record.o = off;
    one.inner.parent = add(record, element, state);
    if (!mayBeCovered(record, one)) return null;
    const candidate = { record, element, box, order, last: order };
    candidates.push(candidate);
    return candidate;
  }

  // Read what is in an element, with the words that its style draws around that.
  /** @param {Facts} one */
  function walkDrawn(one) {
    const { element, style, box, visible, inner } = one;
    const mark = visible ? markDrawn(element, style) : '';
    if (mark) styleWords(element, mark, box, inner, false);
    if (visible) styleRun(element, '::before', box, inner);
    walkInside(one);
    if (visible) styleRun(element, '::after', box, inner);
  }

  // What is known of an element only when all inside it was walked.
  /** @param {Facts} one @param {WalkState} state @param {{ first: number, spoken: number, unseen: number }} before */
  function endElement(one, state, before) {
    const { style, transform, box, order, contents, visible, hasBox, inner } = one;
    const recorded = inner.parent !== state.parent;
    if (contents && recorded) boxAround(nodes[inner.parent], before.first);
    if (visible && hasBox && isLayer(style, transform)) layers.push({ box, order, last: step });
    if (recorded) nameSilent(one, nodes[inner.parent], before);
  }

  // An element without a box of its own (display: contents) gets the box around its contents.
  /** @param {NodeRecord} record @param {number} first */
  function boxAround(record, first) {
    const inside = nodes.slice(first).map((node) => node.b).filter(([, , width, height]) => width && height);
    if (!inside.length) return;
    const [left, top] = [Math.min(...inside.map(([x]) => x)), Math.min(...inside.map(([, y]) => y))];
    const [right, bottom] = [Math.max(...inside.map(([x, , width]) => x + width)), Math.max(...inside.map(([, y, , height]) => y + height))];
    record.b = [left, top, right - left, bottom - top];
    delete record.o;
  }

  /** @param {Facts} one */
  function walkInside({ element, tag, inner, style, visible }) {
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
  /** @param {any} element @param {WalkState} state */
  function walkSafely(element, state) {
    try { walk(element, state); } catch { exceeded = exceeded || 'an element that cannot be read'; }
  }

  // Name a control without visible text: by CSS content, or by its text for screen readers.
  /** @param {Facts} one @param {NodeRecord} record @param {{ first: number, spoken: number, unseen: number }} before */
  function nameSilent(one, record, before) {
    const says = spoken > before.spoken;
    if (record.alt) spoken += 1;
    if (says || !isNameless(one, record)) return;
    const inside = nodes.slice(before.first);
    if (unseen > before.unseen || inside.some((node) => node.alt)) return; // what nobody can read is no name either
    const text = drawnText(one.element) || hiddenText(one.element, inside);
    if (text) record.hx = text;
  }

  // True for a control whose name can only be its text: no picture, and no field, which has a label.
  /** @param {Facts} one @param {NodeRecord} record */
  function isNameless({ tag, control }, record) {
    if (record.alt || (record.ty && tag !== 'BUTTON')) return false;
    return Boolean(control || record.r || record.cu || record.on);
  }

  // The text of an element without that of its icons, which is the name of a glyph.
  /** @param {any} element @param {NodeRecord[]} inside */
  function hiddenText(element, inside) {
    const icons = inside.filter((node) => node.ic).map((node) => String(node.x).trim());
    return icons.reduce((text, icon) => text.replace(icon, ''), element.textContent).trim().slice(0, LONGEST_HIDDEN);
  }

  // colours: true where the colour behind each text is wanted.
  /** @param {boolean} colours @returns {WalkState} */
  const outermost = (colours) => ({ parent: -1, opacity: 1, cursor: 'auto', pointerEvents: 'auto', clip: null, outerClip: null, tells: false,
    behind: groundOfPage(), ground: colours ? ground.bottom : null, struck: false, turned: false, paints: false, shaped: false, facing: null });

  // The colour behind everything: white where the page paints none; null where it is not one colour, or the frame's own.
  function groundOfPage() {
    const style = window.getComputedStyle(document.documentElement);
    return style.backgroundImage === 'none' && style.backgroundColor === 'rgba(0, 0, 0, 0)' && window === window.top ? [255, 255, 255, 1] : null;
  }

  /** @param {number} number @param {boolean} colours */
  function collect(number, colours) {
    lookNumber = number;
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
      for (const element of childrenOf(document.documentElement)) if (typeOf(element) === 1) walkSafely(element, outermost(colours));
      if (!exceeded) markCovered(where.holders, candidates, layers);
    }
    if (exceeded) return { exceeded, nodes: [], x: 0, y: 0, title: '', ready: document.readyState };
    return { nodes, x: where.x, y: where.y, title: String(document.title), ready: document.readyState };
  }

  // The words that are seen now in an element of an earlier look.
  /** @param {any} element @param {WalkState} state */
  function wordsIn(element, state) {
    /** @type {[any, any, any, any, any, number, number, number, number, number, number]} */
    const kept = [nodes, elements, states, candidates, layers, line, step, spoken, unseen, walked, characters];
    [nodes, elements, states, candidates, layers, line, step, spoken, unseen, walked, characters] = [[], [], [], [], [], 0, 0, 0, 0, 0, 0];
    walkEnds = Date.now() + LONGEST_WALK_MS;
    walkSafely(element, state);
    /** @type {NodeRecord[]} */
    const read = nodes;
    const words = read.filter((node) => node.x !== undefined).map((node) => String(node.x).trim()).join(' ');
    [nodes, elements, states, candidates, layers, line, step, spoken, unseen, walked, characters] = kept;
    return words;
  }

  return { collect: (/** @type {number} */ number, /** @type {boolean} */ colours) => ({ seen: collect(number, colours), nodes, elements, states }), wordsIn };
}

module.exports = { makeCollect };
