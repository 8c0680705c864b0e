// Looks closely at single texts, and at what is drawn in a part of a page and cannot be read: a closed shadow root is known to the browser
// alone. `closely.py` and `unread.py` ask.

/**
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./beside').Place} Place
 */

const { remembered } = require('./context.js');
const { drawnOtherwise } = require('./drawing.js');
const { ask, frameIn, given } = require('./world.js');

/** @param {any} node @returns {Generator<any>} */
function* closedIn(node) {
  for (const root of node.shadowRoots || []) {
    if (root.shadowRootType === 'closed' && (root.children || []).length) yield node;
    yield* closedIn(root);
  }
  for (const child of node.children || []) yield* closedIn(child);
  if (node.contentDocument) yield* closedIn(node.contentDocument);
}

// The elements with a closed shadow root, with their boxes in the page's window. Rejects where the browser does not tell.
/** @param {BrowserContext} context @param {Page} page */
async function closedRoots(context, page) {
  const session = await context.newCDPSession(page);
  try {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const found = [];
    for (const node of closedIn(root)) {
      const box = await session.send('DOM.getBoxModel', { backendNodeId: node.backendNodeId }).catch(() => null);
      if (!box) continue;
      const [left, top, right, , , bottom] = box.model.border;
      found.push({ kind: 'closed part', b: [left, top, right - left, bottom - top] });
    }
    return found;
  } finally {
    await session.detach().catch(() => {});
  }
}

// For each text of a frame: why it may not be what a person reads in its place. Returns null where the page gives no answer, as while the
// browser's own dialog is open.
/** @param {BrowserContext} context @param {Place & { nodes: number[][], compared?: boolean }} request */
async function katipDoubts(context, request) {
  const state = remembered(context);
  const frame = frameIn(state, request);
  if (!frame || state.dialog) return null;
  /** @type {string[] | null} */
  const doubts = await ask(state, frame, 'doubts', given(request.nodes)).then((text) => JSON.parse(text)).catch(() => null);
  if (!doubts || state.dialog) return null;
  if (request.compared === false) return doubts;
  const drawn = await drawnOtherwise(state, context, frame, request.nodes, true).catch(() => null);
  return drawn && doubts.map((doubt, index) => doubt || drawn[index]);
}

const areaOf = (/** @type {number[]} */ [left, top, right, bottom]) => [left, top, right - left, bottom - top];

// region: left, top, right and bottom in the page's window. A page or browser that gives no answer counts as something that cannot be read.
// Nothing is told where the header that was looked at is not there any more, as in a grid that draws only the columns in sight.
/** @param {BrowserContext} context @param {{ frame: number, node: number[], at: number[], region: number[] }} request */
async function katipUnread(context, request) {
  const state = remembered(context);
  const frame = frameIn(state, request);
  const unanswered = [{ kind: 'no answer of the page', b: areaOf(request.region) }];
  if (!frame || !state.page || state.dialog) return unanswered;
  const drawn = ask(state, frame, 'unread', given([request.node, request.at, request.region])).then((text) => JSON.parse(text) || []).catch(() => null);
  const closed = closedRoots(context, state.page).catch(() => null);
  const answers = await Promise.all([drawn, closed]);
  return answers.flatMap((answer) => answer || unanswered);
}

module.exports = { katipDoubts, katipUnread };
