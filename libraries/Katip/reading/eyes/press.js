// Press once, at one point, and only what was meant: what would take the click is found out before the press, and asked again in each event of it.
//
// `makePress` is evaluated in each document. Before the press it tells which other control, if any, would take a click at the point. During
// the press it listens before everybody else at the window of every frame: an event that would go to another control is stopped there.

/**
 * @typedef {import('playwright-core').Frame} Frame
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./beside').ClickRequest} ClickRequest
 * @typedef {import('./beside').Hand} Hand
 * @typedef {import('./types').AnyElement} AnyElement
 */

const ELSEWHERE = 'KATIP-ELSEWHERE';
const TAKEN = 'KATIP-TAKEN';
const UNTOUCHED = 'KATIP-UNTOUCHED'; // before any error of a press of which it is certain that no event was let through to the control
const LOOK_AGAIN_MS = 40;

// ---------------------------------------------------------------------------------------------------------------- in the page

function makePress() {
  const NATIVE = new Set(['A', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'SUMMARY', 'AREA', 'IFRAME', 'FRAME', 'OBJECT', 'EMBED']);
  const ROLES = new Set(['button', 'link', 'tab', 'menuitem', 'treeitem', 'option', 'switch', 'checkbox', 'radio', 'combobox']);
  const BUTTON = 'a, button, summary, [role="button"], [role="link"], [role="tab"], [role="menuitem"]';
  const FIRST = ['pointerdown', 'mousedown'];
  const IN_THE_ADDRESS = 'the address of the next page (a form sent by GET)';
  const LATER = ['pointerup', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu'];

  // By the prototype's getter: a field can have the name of a property of its form.
  const getterOf = (/** @type {'parentNode' | 'nodeType'} */ name) => /** @type {any} */ (Object.getOwnPropertyDescriptor(Node.prototype, name)).get;
  const [parentOf, typeOf] = [getterOf('parentNode'), getterOf('nodeType')];
  const above = (/** @type {AnyElement} */ node) => {
    const parent = parentOf.call(node);
    if (!parent || typeOf.call(parent) === 9) return null;
    return typeOf.call(parent) === 11 ? parent.host || null : parent;
  };
  /** @param {AnyElement} outer @param {AnyElement} inner */
  const within = (outer, inner) => {
    for (let node = inner; node; node = above(node)) if (node === outer) return true;
    return false;
  };
  const wordsOf = (/** @type {AnyElement} */ node) => {
    const attribute = (/** @type {string} */ name) => node.getAttribute(name) || '';
    const own = attribute('aria-label') || node.textContent || '';
    return (own.trim() || attribute('title') || attribute('alt') || (node.tagName === 'INPUT' ? attribute('value') : '')).replace(/\s+/g, ' ').trim();
  };
  const cursorOf = (/** @type {AnyElement} */ node) => window.getComputedStyle(node).cursor;

  // Something that does something of its own when it is clicked, as far as a page tells.
  /** @param {AnyElement} node */
  function acts(node) {
    if (NATIVE.has(node.tagName) && !(node.tagName === 'A' && !node.hasAttribute('href'))) return true;
    if (node.tagName === 'LABEL' && node.control) return true;
    if (ROLES.has((node.getAttribute('role') || '').trim().toLowerCase()) || node.isContentEditable) return true;
    return listens(node) || (node.hasAttribute('tabindex') && node.tabIndex >= 0);
  }

  /** @param {AnyElement} node */
  const listens = (node) => node.hasAttribute('onclick') || typeof node.onclick === 'function' || typeof node.onmousedown === 'function';

  // One more thing in the same control is part of it: a nameless one, or one with the control's own words.
  /** @param {AnyElement} node @param {AnyElement} target */
  const isPartOf = (node, target) => {
    const words = wordsOf(node);
    return !words || words === wordsOf(target);
  };

  const describe = (/** @type {AnyElement | null} */ node) => (node ? `<${node.tagName.toLowerCase()}> "${wordsOf(node).slice(0, 60)}"` : 'nothing');

  const labelOf = (/** @type {AnyElement} */ hit) => {
    for (let node = hit; node; node = above(node)) if (node.tagName === 'LABEL') return node;
    return null;
  };
  /** @param {AnyElement} hit @param {AnyElement} element */
  const labelled = (hit, element) => {
    const label = labelOf(hit);
    return (label && label.control === element) || (element.tagName === 'LABEL' && element.control === hit);
  };

  // What other than the control would take a click on `hit`, in words; empty where the control itself takes it.
  // element: the control, or what holds the words; target: what is pressed in it; strict: nothing beside the control may lie there.
  /** @param {AnyElement} hit @param {AnyElement} element @param {AnyElement} target @param {boolean} strict */
  function takerOf(hit, element, target, strict) {
    if (!hit) return 'nothing';
    if (labelled(hit, element)) return '';
    for (let node = hit; node; node = above(node)) {
      if (within(node, target)) return takerIn(node, hit, element, target, strict);
      if (acts(node) && !(within(element, node) && isPartOf(node, target))) return describe(node);
    }
    return describe(hit);
  }

  // What would take the click where `around` is the innermost element around both `hit` and what is pressed.
  /** @param {AnyElement} around @param {AnyElement} hit @param {AnyElement} element @param {AnyElement} target @param {boolean} strict */
  function takerIn(around, hit, element, target, strict) {
    const button = element.closest(BUTTON) || element;
    if (within(button, around) || within(element, around)) return strict && hidesWords(hit, target) ? describe(hit) : '';
    // What lies around the control gets the click: the control itself lets it through.
    if (around === hit) return strict || acts(element) ? describe(hit) : '';
    return strict || wordsOf(hit) || hasOwnHand(hit, around) ? describe(hit) : nearby(hit, around, element);
  }

  // True if the pointer becomes a hand on something, and is none around it.
  /** @param {AnyElement} hit @param {AnyElement} around */
  const hasOwnHand = (hit, around) => cursorOf(hit) === 'pointer' && cursorOf(around) !== 'pointer';

  // Something in the control itself that has words which nobody sees.
  /** @param {AnyElement} hit @param {AnyElement} target */
  const hidesWords = (hit, target) => !within(hit, target) && wordsOf(hit) !== ''
    && !hit.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  // A small thing without words beside the control is drawn with it (a box, a focus frame); a large one covers it.
  /** @param {AnyElement} hit @param {AnyElement} around @param {AnyElement} element */
  function nearby(hit, around, element) {
    const near = above(hit) === above(element) || within(around, element) && within(above(hit), element);
    const [over, box] = [hit.getBoundingClientRect(), element.getBoundingClientRect()];
    return near && over.width * over.height <= 6 * Math.max(box.width * box.height, 1) ? '' : describe(hit);
  }

  // ------------------------------------------------------------------------------------------------------- where a form is sent

  const originOf = (/** @type {string} */ url) => {
    try {
      const { protocol, origin } = new URL(url, document.baseURI);
      return ['http:', 'https:'].includes(protocol) ? origin : `${protocol}`;
    } catch {
      return 'an address that cannot be read';
    }
  };

  // An attribute is read, never the property: a field named "action" hides that.
  /** @param {AnyElement} form @param {AnyElement | null} submitter */
  function sentTo(form, submitter) {
    const own = submitter && submitter.hasAttribute('formaction') ? submitter.getAttribute('formaction') : null;
    const action = own !== null ? own : Element.prototype.getAttribute.call(form, 'action');
    return action && action.trim() ? originOf(action.trim()) : originOf(document.URL);
  }

  /** @param {AnyElement} form @param {AnyElement | null} submitter */
  const methodOf = (form, submitter) => {
    const own = submitter && submitter.hasAttribute('formmethod') ? submitter.getAttribute('formmethod') : null;
    const method = (own !== null ? own : Element.prototype.getAttribute.call(form, 'method') || '').trim().toLowerCase();
    return ['post', 'dialog'].includes(method) ? method : 'get';
  };

  const ownerOf = (/** @type {AnyElement} */ element) => (NATIVE.has(element.tagName) && element.form) || element.closest('form');

  // Where what was typed would go, if not to one of the origins; empty where nothing speaks against it.
  /** @param {AnyElement[]} elements @param {AnyElement | null} submitter @param {string[]} origins */
  function formTrouble(elements, submitter, origins) {
    const here = [window.location.origin, ...Array.from(window.location.ancestorOrigins || [])];
    const strange = here.find((origin) => !origins.includes(origin));
    if (strange) return strange;
    const forms = new Set(elements.concat(submitter || []).map(ownerOf).filter(Boolean));
    for (const form of forms) {
      for (const button of [null, submitter]) {
        const to = sentTo(form, button && ownerOf(button) === form ? button : null);
        if (!origins.includes(to)) return to;
      }
    }
    return '';
  }

  // ---------------------------------------------------------------------------------------------------------------- the press

  /** @type {{ state: { down: boolean, stray: string, sent: string }, listeners: [string, (event: any) => void, boolean?][] } | null} */
  let watch = null;

  /** @param {any} event */
  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // element: null in frames in which nothing is to be pressed.
  // otherwise: says what is read or drawn now in place of what was seen; empty where that is the same.
  /**
   * @param {AnyElement | null} element
   * @param {AnyElement | null} target
   * @param {boolean} strict
   * @param {{ fields: AnyElement[], origins: string[] } | null} secret
   * @param {(x: number, y: number) => string} otherwise
   */
  function arm(element, target, strict, secret, otherwise) {
    disarm();
    const state = { down: false, stray: '', sent: '' };
    const allowed = secret ? secret.origins : [];
    const trouble = () => (secret ? formTrouble(secret.fields, element, secret.origins) || goneFrom(secret.fields) : '');
    // What other than the control this event is for, in words; the later events of a press that began rightly may end on what does nothing.
    /** @param {any} event @param {boolean} later */
    const strayIn = (event, later) => {
      const hit = event.composedPath()[0];
      const taker = element ? takerOf(hit && typeOf.call(hit) === 1 ? hit : document.documentElement, element, target, strict && !state.down) : describe(hit);
      if (taker && !(later && state.down && !acts(hit))) return taker;
      return element ? otherwise(event.clientX, event.clientY) : '';
    };
    // An event that is for the control goes on; any other is stopped.
    /** @param {any} event @param {boolean} later */
    const letThrough = (event, later) => {
      const stray = strayIn(event, later);
      const sent = stray ? '' : trouble();
      if (!stray && !sent) {
        state.down = true;
        return;
      }
      Object.assign(state, stray ? { stray } : { sent });
      stop(event);
    };
    const onPointer = (/** @type {any} */ event) => {
      if (!event.isTrusted) return;
      const later = LATER.includes(event.type);
      if (state.stray || state.sent) stop(event); // what follows belongs to the same press
      else if (element || !later || event.type === 'click') letThrough(event, later);
    };
    /** @type {SubmitEvent | null} */
    let submit = null;
    const onSubmit = (/** @type {any} */ event) => {
      const form = event.composedPath()[0];
      submit = event;
      const to = sentTo(form, event.submitter);
      if (allowed.includes(to)) return;
      state.sent = to;
      stop(event);
    };
    // After the page's own scripts: where none of them sends the form itself, what was typed must not become part of an address.
    const onSubmitted = (/** @type {any} */ event) => {
      if (event.defaultPrevented || methodOf(event.composedPath()[0], event.submitter) !== 'get') return;
      state.sent = IN_THE_ADDRESS;
      stop(event);
    };
    // Sent by a script, without a `submit` event or past its end: nothing of what was typed goes with it.
    const onFormData = (/** @type {any} */ event) => {
      const inAddress = submit && submit.target === event.target && !submit.defaultPrevented && methodOf(event.target, submit.submitter) === 'get';
      const to = inAddress ? IN_THE_ADDRESS : sentTo(event.target, null);
      if (allowed.includes(to)) return;
      state.sent = to;
      for (const name of Array.from(event.formData.keys())) event.formData.delete(name);
    };
    /** @type {[string, (event: any) => void][]} */
    const listeners = [...FIRST, ...LATER].map((type) => [type, onPointer]);
    if (secret) listeners.push(['submit', onSubmit], ['formdata', onFormData]);
    for (const [type, listener] of listeners) window.addEventListener(type, listener, true);
    if (secret) window.addEventListener('submit', onSubmitted);
    watch = { state, listeners: secret ? [...listeners, ['submit', onSubmitted, false]] : listeners };
  }

  /** @param {AnyElement[]} fields */
  const goneFrom = (fields) => (fields.every((field) => field.isConnected && field.value) ? '' : 'fields other than those that were filled');

  function disarm() {
    if (!watch) return null;
    for (const [type, listener, early = true] of watch.listeners) window.removeEventListener(type, listener, early);
    const { state } = watch;
    watch = null;
    return state;
  }

  return { takerOf, acts, describe, formTrouble, goneFrom, arm, disarm };
}

// --------------------------------------------------------------------------------------------------------- beside the browser

// The origin of a frame's document, as `origins.py` tells it; `null` equals none.
/** @param {Frame} frame @returns {string} */
function originOf(frame) {
  const url = frame.url();
  const parent = frame.parentFrame();
  if (url === '' || /^about:/i.test(url)) return parent ? originOf(parent) : 'null';
  try {
    const { protocol, origin } = new URL(url);
    return ['http:', 'https:', 'blob:'].includes(protocol) ? origin : 'null';
  } catch {
    return 'null';
  }
}

// Throws unless the frame and everything that holds it are of one of the origins.
/** @param {Frame | null} frame @param {string[] | undefined} origins */
function requireOrigins(frame, origins) {
  for (let one = frame; origins && one; one = one.parentFrame()) {
    const origin = originOf(one);
    if (origin === 'null' || !origins.includes(origin)) throw new Error(`${ELSEWHERE}: ${origin}`);
  }
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Where to press, once it holds still, is enabled and in sight, and nothing else would take the press there.
/** @param {Hand} hand @param {ClickRequest} request @param {number} until */
async function spotOf(hand, request, until) {
  for (;;) {
    const aimed = await hand.aim();
    if (aimed.hand && !aimed.taker) return aimed.hand;
    const left = until - Date.now();
    if (left <= 0) {
      if (aimed.taker) throw new Error(`${TAKEN}: ${aimed.taker}`);
      throw new Error('the control did not hold still in sight');
    }
    if (!aimed.taker) {
      const element = await hand.element();
      if (!(await element.isEnabled()) && !request.byPlace) {
        await element.waitForElementState('enabled', { timeout: left }).catch(() => { throw new Error('element is not enabled'); });
      }
      await element.waitForElementState('stable', { timeout: left });
      await element.scrollIntoViewIfNeeded({ timeout: left });
      const again = await hand.aim();
      const box = await element.boundingBox();
      if (!again.taker && box) return again.hand || { x: box.x + again.dx, y: box.y + again.dy };
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

// Presses once; throws TAKEN or ELSEWHERE where nothing was pressed.
// certain: tells the caller until when it is certain that nothing was.
/** @param {Page} page @param {Hand} hand @param {ClickRequest} request @param {{ untouched: boolean }} certain */
async function pressOnce(page, hand, request, certain) {
  const until = Date.now() + request.timeout;
  for (;;) {
    const spot = await spotOf(hand, request, until);
    const armed = await hand.arm();
    let known = [];
    try {
      requireOrigins(hand.frame, request.only);
      certain.untouched = false;
      await page.mouse.click(spot.x, spot.y, { clickCount: request.count || 1 });
    } finally {
      known = await hand.disarm(armed);
    }
    const away = known.find((state) => state.sent);
    const stray = known.find((state) => state.stray);
    if (away) throw new Error(`${ELSEWHERE}: ${away.sent}`);
    if (!stray || known.some((state) => state.down)) return;
    // Something came under the pointer in the last moment: no event reached it, so the control may still be pressed.
    certain.untouched = true;
    if (Date.now() >= until) throw new Error(`${TAKEN}: ${stray.stray}`);
    await sleep(LOOK_AGAIN_MS);
  }
}

/** @param {Page} page @param {Hand} hand @param {ClickRequest} request */
async function press(page, hand, request) {
  const certain = { untouched: true };
  try {
    await pressOnce(page, hand, request, certain);
  } catch (error) {
    throw certain.untouched ? new Error(`${UNTOUCHED}: ${error.message}`) : error;
  }
}

module.exports = { ELSEWHERE, TAKEN, UNTOUCHED, makePress, press, requireOrigins };
