// The isolated world of each document, in which the page is read out of reach of its own scripts, and how it is asked.

/**
 * @typedef {import('./types').AnyElement} AnyElement
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Frame} Frame
 * @typedef {import('./beside').Memory} Memory
 * @typedef {import('./beside').Place} Place
 * @typedef {typeof import('playwright-core')} Playwright
 * @typedef {ReturnType<typeof makePoint>} Eyes
 */

const { makeClosely } = require('./closely.js');
const { makeCollect } = require('./collect.js');
const { ENGINE, remembered } = require('./context.js');
const { makeCover } = require('./cover.js');
const { makeDrawn } = require('./drawn.js');
const { makeElements } = require('./elements.js');
const { makeFacts } = require('./facts.js');
const { makeGround } = require('./ground.js');
const { makeInk } = require('./ink.js');
const { makeLetters } = require('./letters.js');
const { makeMovement } = require('./movement.js');
const { makeNamed } = require('./named.js');
const { makePoint } = require('./point.js');
const { makePress } = require('./press.js');
const { makeSeen } = require('./seen.js');
const { makeShapes } = require('./shapes.js');
const { makeSight } = require('./sight.js');
const { makeUnread } = require('./unread.js');
const { makeWatch } = require('./watch.js');

// Runs in the isolated world. A selector engine can only return elements, so an answer is the text of a detached element.
// only: the origins of which alone a document is read, or null.
/** @param {() => Eyes} makeEyesHere @param {ReturnType<typeof makeCover>['cover']} cover @param {string[] | null} only */
function makeEngine(makeEyesHere, cover, only) {
  const eyes = makeEyesHere();
  /** @type {(() => boolean) | null} */
  let uncover = null;
  const carrier = (/** @type {string} */ text) => Object.assign(document.createElement('i'), { textContent: text });
  const isForeign = only !== null && !only.includes(window.origin);
  /** @type {Record<string, (...given: any[]) => (Element | AnyElement)[]>} */
  const questions = {
    look: (/** @type {[number, number, number?, number?]} */ ...known) => [carrier(isForeign ? `1 0 0 0 0 1 ${JSON.stringify({ hidden: true, nodes: [] })}` : eyes.look(...known))],
    news: (/** @type {number} */ times) => (!isForeign && eyes.hasNews(times) ? [carrier('')] : []),
    aim: (/** @type {any[]} */ ...wanted) => [carrier(JSON.stringify(eyes.aim(wanted.slice(0, 3), Boolean(wanted[3]))))],
    element: (/** @type {any[]} */ ...wanted) => [eyes.element(wanted)].filter(Boolean),
    arm: (/** @type {string} */ given) => [carrier(eyes.arm(.../** @type {Parameters<Eyes['arm']>} */ (JSON.parse(decodeURIComponent(given)))))],
    doubts: (/** @type {string} */ given) => [carrier(JSON.stringify(eyes.doubts(JSON.parse(decodeURIComponent(given)))))],
    ink: (/** @type {string} */ given) => {
      const [which, corner, ratio, pictures] = JSON.parse(decodeURIComponent(given));
      return [carrier(JSON.stringify(eyes.ink(which, corner, ratio, pictures)))];
    },
    width: () => [carrier(String(window.innerWidth))],
    unread: (/** @type {string} */ given) => [carrier(JSON.stringify(eyes.unread(.../** @type {Parameters<Eyes['unread']>} */ (JSON.parse(decodeURIComponent(given))))))],
    disarm: () => [carrier(JSON.stringify(eyes.disarm()))],
    formTrouble: (/** @type {string} */ given) => [carrier(eyes.formTrouble(.../** @type {Parameters<Eyes['formTrouble']>} */ (JSON.parse(decodeURIComponent(given)))))],
    cover: (/** @type {string} */ given) => {
      if (uncover) uncover();
      uncover = cover(JSON.parse(decodeURIComponent(given)));
      return [carrier('covered')];
    },
    uncover: () => {
      const held = Boolean(uncover && uncover());
      uncover = null;
      return [carrier(held ? 'held' : 'moved')];
    },
    scroll: (/** @type {[number, number, number, number]} */ ...where) => [carrier(eyes.scroll(...where) ? 'begun' : '')],
    reached: () => (eyes.reached() ? [carrier(JSON.stringify(eyes.reached()))] : []), // asked again until there is an answer
  };
  return {
    /** @param {unknown} root @param {string} body */
    queryAll(root, body) {
      const [name, ...numbers] = body.split(' ');
      return questions[name](...numbers.map((number) => (number === '-' ? undefined : Number.isNaN(Number(number)) ? number : Number(number))));
    },
  };
}

// The source text of each part, put together in the document itself.
const PARTS = [makePress, makeShapes, makeDrawn, makeElements, makeSight, makeGround, makeFacts, makeWatch, makeCollect, makeSeen, makeMovement, makeClosely,
  makeUnread, makeNamed, makeInk, makeLetters, makePoint];

/**
 * @param {typeof makePress} newPress
 * @param {typeof makeShapes} newShapes
 * @param {typeof makeDrawn} newDrawn
 * @param {typeof makeElements} newElements
 * @param {typeof makeSight} newSight
 * @param {typeof makeGround} newGround
 * @param {typeof makeFacts} newFacts
 * @param {typeof makeWatch} newWatch
 * @param {typeof makeCollect} newCollect
 * @param {typeof makeSeen} newSeen
 * @param {typeof makeMovement} newMovement
 * @param {typeof makeClosely} newClosely
 * @param {typeof makeUnread} newUnread
 * @param {typeof makeNamed} newNamed
 * @param {typeof makeInk} newInk
 * @param {typeof makeLetters} newLetters
 * @param {typeof makePoint} newPoint
 * @param {boolean} readsTyped
 */
function makeParts(newPress, newShapes, newDrawn, newElements, newSight, newGround, newFacts, newWatch, newCollect, newSeen, newMovement, newClosely, newUnread,
  newNamed, newInk, newLetters, newPoint, readsTyped) {
  const press = newPress();
  const elements = newElements(readsTyped);
  const sight = newSight(elements, press);
  const [shapes, drawn, ground] = [newShapes(), newDrawn(), newGround()];
  const facts = newFacts(shapes, drawn, elements, sight, ground);
  const watch = newWatch();
  const collect = newCollect(shapes, drawn, elements, sight, ground, facts, watch);
  const seen = newSeen(collect, sight, elements);
  return newPoint(collect, sight, press, seen, newClosely(drawn, elements, sight, seen), newUnread(elements, sight), newNamed(drawn, elements),
    newInk(elements, newLetters(), seen), watch, newMovement());
}

// The document's own properties and methods, also those in whose place a page puts elements by their names (`<img name=elementFromPoint>`).
// In the parts `document` is this face; `window.document` is the document itself, for what needs a node.
function makeFaceOfDocument() {
  const own = (/** @type {string | symbol} */ name) => Reflect.get(Object.getPrototypeOf(window.document), name, window.document);
  return new Proxy({}, {
    get(_, name) {
      const value = own(name);
      return typeof value === 'function' ? value.bind(window.document) : value;
    },
    set: (_, name, value) => Reflect.set(Object.getPrototypeOf(window.document), name, value, window.document),
  });
}

const ANSWER_MS = 60000;
const registered = new Map(); // selector engine -> its registration

// Playwright runs selector engines that are content scripts in an isolated world: the same document, but no script of the page.
/** @param {Playwright} playwright @param {Memory} state */
function eyesIn(playwright, state) {
  const only = JSON.stringify(state.only || null);
  const engine = `(${makeEngine})(() => (${makeParts})(${PARTS.join(', ')}, ${!state.only}), (${makeCover})().cover, ${only})`;
  const content = `((document) => ${engine})((${makeFaceOfDocument})())`;
  if (!registered.has(state.engine)) registered.set(state.engine, playwright.selectors.register(state.engine, { content }, { contentScript: true }));
  return registered.get(state.engine);
}

// A joined browser's context does not know engines that were registered before it, so it gets one of its own. With `only`, documents of
// other origins are not read, and of fields in which a person can type only the names.
/** @param {BrowserContext} context @param {Playwright} playwright @param {{ only: string[] }} request */
async function katipJoin(context, playwright, request) {
  const state = remembered(context);
  state.only = request.only;
  state.engine = `${ENGINE}${registered.size}`;
  await eyesIn(playwright, state);
}

/** @param {Memory} state @param {string} name @param {(number | string | undefined)[]} numbers */
const question = (state, name, numbers) => `${state.engine}=${[name, ...numbers.map((number) => number ?? '-')].join(' ')}`;
/** @param {Memory} state @param {Frame} frame @param {string} name @param {...(number | string | undefined)} numbers */
const ask = (state, frame, name, ...numbers) => /** @type {Promise<string>} */ (frame.textContent(question(state, name, numbers), { timeout: ANSWER_MS }));

const GONE = 'KATIP-GONE: what was looked at is no longer there';
/** @param {Memory} state @param {{ frame: number }} request */
const frameIn = (state, request) => (state.frames || [])[request.frame];
const wantedIn = (/** @type {Place} */ request) => [request.look, request.node, request.owner];

/** @param {Memory} state @param {Place} request */
async function elementOf(state, request) {
  const frame = frameIn(state, request);
  const element = frame && await frame.$(question(state, 'element', wantedIn(request))).catch(() => null);
  if (!element) throw new Error(GONE);
  return element;
}

const given = (/** @type {unknown} */ value) => encodeURIComponent(JSON.stringify(value));

module.exports = { GONE, ask, elementOf, eyesIn, frameIn, given, katipJoin, question, wantedIn };
