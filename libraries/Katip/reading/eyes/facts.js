// What is asked of one element before anything in it is read, and the record that a look makes of it; evaluated in the page's isolated world.

/**
 * @typedef {import('./types').NodeRecord} NodeRecord
 * @typedef {import('./types').WalkState} WalkState
 * @typedef {import('./types').Facts} Facts
 * @typedef {import('./types').Clip} Clip
 */

/**
 * Throughout, `face` is the element, or for a form what its fields hide by their names.
 *
 * @param {ReturnType<typeof import('./shapes').makeShapes>} shapesHere
 * @param {ReturnType<typeof import('./drawn').makeDrawn>} drawnHere
 * @param {ReturnType<typeof import('./elements').makeElements>} elementsHere
 * @param {ReturnType<typeof import('./sight').makeSight>} sightHere
 * @param {ReturnType<typeof import('./ground').makeGround>} ground
 */
function makeFacts({ shownPart }, { LEAST_OPACITY, isErased, passedOn, showsBack }, elementsHere, { clipOf, round }, ground) {
  const { CONTROL, LEAF, readsTyped, childrenOf, describeControl, describeField, disabledBy, isDot, paintOf } = elementsHere;
  const STRUCTURE = new Set(['TABLE', 'THEAD', 'TBODY', 'TR', 'TD', 'TH', 'LI', 'UL', 'NAV', 'FORM', 'FIELDSET', 'LEGEND', 'DIALOG',
    'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'IFRAME', 'FRAME', 'DT', 'DD', 'CAPTION', 'HEADER', 'FOOTER', 'OUTPUT']);
  const ACTING_ROLES = new Set(['button', 'link', 'tab', 'menuitem', 'treeitem', 'option', 'switch', 'checkbox', 'radio', 'combobox']);
  const TELLING_ROLES = new Set(['alert', 'status', 'log']);
  const TELLING_ATTRIBUTES = ['role', 'aria-label', 'title', 'onclick', 'tabindex', 'aria-selected', 'aria-modal', 'aria-busy', 'contenteditable'];
  const PICTURES = new Set(['IMG', 'SVG', 'CANVAS']);
  const TYPED = new Set(['TEXTAREA', 'INPUT']);
  const FIELDS = new Set(['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON']);
  const LEAST_SIDE = 2; // CSS pixels: a smaller field is hidden behind what a toolkit draws for it
  const THUMB_WIDTHS = [4, 24]; // CSS pixels
  const THUMB_SLENDERNESS = 1.5; // height by width, at least

  /** @param {any} face @param {string} tag */
  function isCheckable(face, tag) {
    return tag === 'INPUT' && (face.type === 'checkbox' || face.type === 'radio');
  }

  /** @param {any} face @param {CSSStyleDeclaration} style @param {string} display */
  function isRendered(face, style, display) {
    if (display === 'none' || style.contentVisibility === 'hidden') return false;
    return display === 'contents' || face.checkVisibility();
  }

  // True if an element is drawn, as far as its own style says: an invisible check box may be drawn by what is around it.
  /** @param {any} face @param {string} tag @param {CSSStyleDeclaration} style @param {number} opacity @param {DOMMatrix | null} facing */
  function isDrawn(face, tag, style, opacity, facing) {
    if (opacity < LEAST_OPACITY && !isCheckable(face, tag)) return false;
    return !isErased(style) && !showsBack(style, facing);
  }

  // The clip of an element: that around it, and its own clipping shape inside that.
  /** @param {CSSStyleDeclaration} style @param {string} position @param {DOMRect} box @param {WalkState} state @returns {Clip | null} */
  function clipAround(style, position, box, state) {
    const inPlace = position === 'absolute' ? state.outerClip : state.clip;
    const around = position === 'fixed' ? null : inPlace;
    const shown = style.clipPath === 'none' && style.clip === 'auto' ? null : shownPart(style, box);
    return shown ? { box: shown, up: around, x: '', y: '', startX: NaN, startY: NaN } : around;
  }

  // True if what overflows an element is cut off or scrolled; what overflows the page's body scrolls the window.
  /** @param {string} tag @param {CSSStyleDeclaration} style @param {boolean} isInline */
  function cutsOverflow(tag, style, isInline) {
    if (isInline || tag === 'BODY' || tag === 'HTML') return false;
    return style.overflowX !== 'visible' || style.overflowY !== 'visible';
  }

  /** @param {Clip | null} clip */
  function canScroll(clip) {
    return clip !== null && (clip.x !== '' || clip.y !== '');
  }

  // A slender empty element that is placed by itself may be the thumb of a scroll bar that a script draws.
  /** @param {Facts} one */
  function isThumb({ element, position, box }) {
    if (position === 'static' || box.width < THUMB_WIDTHS[0] || box.width > THUMB_WIDTHS[1]) return false;
    return box.height > THUMB_SLENDERNESS * box.width && !childrenOf(element).length;
  }

  /** @param {Facts} one */
  const holdsAnything = ({ element, tag }) => tag === 'FORM' || element.firstChild || element.shadowRoot;

  // What the contents of an element inherit, as far as it is known before the element has a record.
  /** @param {Facts} one @param {Clip | null} clip @param {DOMMatrix | null} facing @param {WalkState} state @returns {WalkState} */
  function stateInside(one, clip, facing, state) {
    const { element, face, style, display, position, transform, opacity, named } = one;
    const holdsAbsolute = position !== 'static' || transform !== 'none';
    return {
      parent: state.parent, opacity, cursor: style.cursor, pointerEvents: style.pointerEvents, clip, outerClip: holdsAbsolute ? clip : state.outerClip,
      .../** @type {ReturnType<typeof passedOn>} */ (holdsAnything(one) ? passedOn(style, transform, state, display) : null), facing: style.transformStyle === 'preserve-3d' ? facing : null,
      tells: state.tells || (named && TELLING_ROLES.has(face.getAttribute('role'))),
      ground: state.ground && ground.groundOf(element, style, opacity, state.ground),
    };
  }

  /** @param {any} element @param {any} face @param {string} tag @param {CSSStyleDeclaration} style @param {string} display @param {string} transform @param {number} opacity @param {number} order @param {WalkState} state @returns {Facts} */
  function ownFacts(element, face, tag, style, display, transform, opacity, order, state) {
    const box = face.getBoundingClientRect();
    const { position, cursor } = style;
    const contents = display === 'contents';
    const isInline = contents || display === 'inline';
    const visible = style.visibility === 'visible';
    const named = face.hasAttributes();
    return {
      element, face, tag, style, display, position, transform, box, opacity, order, contents, isInline, visible, named,
      clip: clipAround(style, position, box, state),
      checkable: isCheckable(face, tag),
      hasBox: box.width > 0 && box.height > 0,
      pointer: cursor === 'pointer' && state.cursor !== 'pointer',
      disabled: visible ? disabledBy(face, style, opacity, state, named) : '',
      reachable: state.pointerEvents === 'none' && style.pointerEvents !== 'none',
      control: CONTROL.has(tag),
      replaced: PICTURES.has(tag),
      scrolls: false,
      sample: state.ground !== null && ground.isSample(element, style, box),
      telling: false, acts: false, boundary: false,
      inner: state,
    };
  }

  // What is asked of an element more than once. order: its number in the order of the walk; facing: how it is turned, or null.
  /** @param {any} element @param {any} face @param {string} tag @param {CSSStyleDeclaration} style @param {string} display @param {string} transform @param {number} opacity @param {DOMMatrix | null} facing @param {number} order @param {WalkState} state */
  function factsOf(element, face, tag, style, display, transform, opacity, facing, order, state) {
    const one = ownFacts(element, face, tag, style, display, transform, opacity, order, state);
    const cuts = cutsOverflow(one.tag, one.style, one.isInline);
    const clip = cuts ? clipOf(one.face, one.style, one.box, one.clip) : one.clip;
    one.inner = stateInside(one, clip, facing, state);
    one.scrolls = cuts && canScroll(clip) && !TYPED.has(one.tag);
    one.telling = isTelling(one);
    one.acts = isActing(one);
    one.boundary = !one.isInline || one.acts;
    return one;
  }

  /** @param {Facts} one */
  const isOfKind = ({ control, sample, tag, replaced }) => control || sample || replaced || STRUCTURE.has(tag);
  /** @param {Facts} one */
  const reacts = ({ face, pointer, scrolls, disabled, reachable }) => pointer || scrolls || Boolean(disabled) || reachable || typeof face.onclick === 'function';

  // True if something about an element is worth a record even if it has no text of its own.
  /** @param {Facts} one */
  function isTelling(one) {
    if (isOfKind(one) || reacts(one) || isThumb(one)) return true;
    return one.named && TELLING_ATTRIBUTES.some((name) => one.face.hasAttribute(name));
  }

  /** @param {Facts} one */
  function isActing({ face, control, pointer, named }) {
    if (control || pointer) return true;
    return named && (ACTING_ROLES.has(face.getAttribute('role')) || face.hasAttribute('onclick'));
  }

  // True if an element gets a record: it says something, or may hold several things together, and has a place on the page.
  /** @param {Facts} one */
  function isRecorded({ face, tag, visible, telling, boundary, hasBox, contents, checkable }) {
    if (!visible || !(hasBox || contents || checkable || tag === 'TR' || tag === 'TBODY')) return false;
    return telling || face.childElementCount > 1 || Boolean(face.childElementCount && boundary) || Boolean(face.shadowRoot);
  }

  // line: the number of the line that a field is on.
  /** @param {Facts} one @param {number} line @param {WalkState} state @returns {NodeRecord} */
  function recordOf(one, line, state) {
    const { element, face, tag, box } = one;
    /** @type {NodeRecord} */
    const record = { p: state.parent, t: tag.toLowerCase(), b: round(box) };
    describeLooks(one, record);
    if (one.telling) describeControl(face, tag, record, one.named);
    if (FIELDS.has(tag)) describeField(element, tag, record);
    if (one.disabled) record.d = one.disabled;
    if (one.reachable) record.pe = 1;
    if (isDrawnByAnother(record, one)) record.gh = 1;
    if (!one.isInline) record.bl = 1;
    if (one.scrolls) describeScrolling(one, record);
    if (record.v !== undefined || one.control) record.l = line;
    return record;
  }

  // What the pointer and the colours of an element say.
  /** @param {Facts} one @param {NodeRecord} record */
  function describeLooks({ element, style, box, control, pointer, sample, inner }, record) {
    if (inner.ground) record.bg = ground.written(inner.ground);
    if (sample) record.sm = 1;
    if (pointer) record.cu = 1;
    if ((control || pointer) && isDot(element, style, box)) record.dt = paintOf(element, style);
  }

  // An invisible control is the real one behind what a toolkit draws in its place.
  /** @param {NodeRecord} record @param {Facts} one */
  function isDrawnByAnother(record, { opacity, box }) {
    return opacity < LEAST_OPACITY || (record.ty !== undefined && (box.width <= LEAST_SIDE || box.height <= LEAST_SIDE));
  }

  /** @param {Facts} one @param {NodeRecord} record */
  function describeScrolling({ face, inner }, record) {
    record.s = [face.scrollLeft, face.scrollTop, face.scrollWidth, face.scrollHeight, face.clientWidth, face.clientHeight];
    const clip = /** @type {Clip} */ (inner.clip);
    if (clip.x !== 'hand') record.sh = 1;
    if (clip.y !== 'hand') record.sv = 1;
  }

  // True for what a person presses or looks at as a whole: whether something covers it is worth asking.
  /** @param {NodeRecord} record @param {Facts} one */
  function mayBeCovered(record, { hasBox, control, pointer, replaced }) {
    return !record.o && hasBox && Boolean(control || record.r || pointer || replaced || record.on || record.tb);
  }

  // True if what is in an element is read: not where a person may be typing in it.
  /** @param {Facts} one */
  function isWalkedInto({ face, tag }) {
    if (LEAF.has(tag) && !(tag === 'SVG' && face.querySelector('text, foreignObject'))) return false;
    return readsTyped || !face.isContentEditable;
  }

  return { factsOf, isDrawn, isRecorded, isRendered, isWalkedInto, mayBeCovered, recordOf };
}

module.exports = { makeFacts };
