// The isolated world of each document, in which the page is read out of reach of its own scripts, and how it is asked.

const { makeClosely } = require('./closely.js');
const { makeCollect } = require('./collect.js');
const { ENGINE, remembered } = require('./context.js');
const { makeCover } = require('./cover.js');
const { makeDrawn } = require('./drawn.js');
const { makeElements } = require('./elements.js');
const { makeFacts } = require('./facts.js');
const { makeGround } = require('./ground.js');
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
function makeEngine(makeEyesHere, cover, only) {
  const eyes = makeEyesHere();
  let uncover = null;
  const carrier = (text) => Object.assign(document.createElement('i'), { textContent: text });
  const isForeign = Boolean(only) && !only.includes(window.origin);
  const questions = {
    look: (...known) => [carrier(isForeign ? `1 0 0 0 0 1 ${JSON.stringify({ hidden: true, nodes: [] })}` : eyes.look(...known))],
    news: (times) => (!isForeign && eyes.hasNews(times) ? [carrier('')] : []),
    aim: (...wanted) => [carrier(JSON.stringify(eyes.aim(wanted.slice(0, 3), Boolean(wanted[3]))))],
    element: (...wanted) => [eyes.element(wanted)].filter(Boolean),
    arm: (given) => [carrier(eyes.arm(...JSON.parse(decodeURIComponent(given))))],
    doubts: (given) => [carrier(JSON.stringify(eyes.doubts(JSON.parse(decodeURIComponent(given)))))],
    unread: (given) => [carrier(JSON.stringify(eyes.unread(...JSON.parse(decodeURIComponent(given)))))],
    disarm: () => [carrier(JSON.stringify(eyes.disarm()))],
    formTrouble: (given) => [carrier(eyes.formTrouble(...JSON.parse(decodeURIComponent(given))))],
    cover: (given) => {
      if (uncover) uncover();
      uncover = cover(JSON.parse(decodeURIComponent(given)));
      return [carrier('covered')];
    },
    uncover: () => {
      const held = Boolean(uncover && uncover());
      uncover = null;
      return [carrier(held ? 'held' : 'moved')];
    },
    scroll: (...where) => [carrier(eyes.scroll(...where) ? 'begun' : '')],
    reached: () => (eyes.reached() ? [carrier(JSON.stringify(eyes.reached()))] : []), // asked again until there is an answer
  };
  return {
    queryAll(root, body) {
      const [name, ...numbers] = body.split(' ');
      return questions[name](...numbers.map((number) => (number === '-' ? undefined : Number.isNaN(Number(number)) ? number : Number(number))));
    },
  };
}

// The source text of each part, put together in the document itself.
const PARTS = [makePress, makeShapes, makeDrawn, makeElements, makeSight, makeGround, makeFacts, makeWatch, makeCollect, makeSeen, makeMovement, makeClosely,
  makeUnread, makeNamed, makePoint];

function makeParts(newPress, newShapes, newDrawn, newElements, newSight, newGround, newFacts, newWatch, newCollect, newSeen, newMovement, newClosely, newUnread,
  newNamed, newPoint, readsTyped) {
  const press = newPress();
  const elements = newElements(readsTyped);
  const sight = newSight(elements, press);
  const [shapes, drawn, ground] = [newShapes(), newDrawn(), newGround()];
  const facts = newFacts(shapes, drawn, elements, sight, ground);
  const watch = newWatch();
  const collect = newCollect(shapes, drawn, elements, sight, ground, facts, watch);
  const seen = newSeen(collect, sight, elements);
  return newPoint(collect, sight, press, seen, newClosely(drawn, elements, sight, seen), newUnread(elements, sight), newNamed(drawn, elements), watch, newMovement());
}

// The document's own properties and methods, also those in whose place a page puts elements by their names (`<img name=elementFromPoint>`).
// In the parts `document` is this face; `window.document` is the document itself, for what needs a node.
function makeFaceOfDocument() {
  const own = (name) => Reflect.get(Object.getPrototypeOf(window.document), name, window.document);
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
function eyesIn(playwright, state) {
  const only = JSON.stringify(state.only || null);
  const engine = `(${makeEngine})(() => (${makeParts})(${PARTS.join(', ')}, ${!state.only}), (${makeCover})().cover, ${only})`;
  const content = `((document) => ${engine})((${makeFaceOfDocument})())`;
  if (!registered.has(state.engine)) registered.set(state.engine, playwright.selectors.register(state.engine, { content }, { contentScript: true }));
  return registered.get(state.engine);
}

// A joined browser's context does not know engines that were registered before it, so it gets one of its own. With `only`, documents of
// other origins are not read, and of fields in which a person can type only the names.
async function katipJoin(context, playwright, request) {
  const state = remembered(context);
  state.only = request.only;
  state.engine = `${ENGINE}${registered.size}`;
  await eyesIn(playwright, state);
}

const question = (state, name, numbers) => `${state.engine}=${[name, ...numbers.map((number) => number ?? '-')].join(' ')}`;
const ask = (state, frame, name, ...numbers) => frame.textContent(question(state, name, numbers), { timeout: ANSWER_MS });

const GONE = 'KATIP-GONE: what was looked at is no longer there';
const frameIn = (state, request) => (state.frames || [])[request.frame];
const wantedIn = (request) => [request.look, request.node, request.owner];

async function elementOf(state, request) {
  const frame = frameIn(state, request);
  const element = frame && await frame.$(question(state, 'element', wantedIn(request))).catch(() => null);
  if (!element) throw new Error(GONE);
  return element;
}

const given = (value) => encodeURIComponent(JSON.stringify(value));

module.exports = { GONE, ask, elementOf, eyesIn, frameIn, given, katipJoin, question, wantedIn };
