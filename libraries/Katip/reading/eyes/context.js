// What is remembered of a browser context between two calls: its pages, its open dialog, and the requests that are under way.

/**
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Request} Request
 * @typedef {import('playwright-core').Response} Response
 * @typedef {import('./beside').Memory} Memory
 */

const DATA_REQUESTS = new Set(['document', 'xhr', 'fetch', 'script']);
const STALE_REQUEST_MS = 20000;
const LOOK_EVERY_MS = 10;
const HELD_MS = 1000;
const AT_ONCE_MS = 60;
const DIALOG_PATIENCE_MS = 3;
const ENGINE = 'katip';
const memory = new WeakMap(); // context -> its state

/** @param {BrowserContext} context */
function remembered(context) {
  let state = memory.get(context);
  if (state) return state;
  state = { engine: ENGINE, pages: [], page: null, dialog: null, wakeDialog: null, inFlight: new Map(), lines: new Map(), started: 0, failed: 0, status: new WeakMap(),
    seen: new WeakMap(), sessions: new WeakMap(), ratios: new WeakMap(), lost: new WeakMap(), frames: [], clocks: {}, looked: null, reported: null, reportedDialog: null, calm: null, changedAt: Date.now() };
  memory.set(context, state);
  const adopt = (/** @type {Page} */ page) => {
    state.pages.push(page);
    state.page = page;
    page.on('dialog', (dialog) => {
      state.dialog = dialog;
      if (state.wakeDialog) state.wakeDialog();
    });
    // A person may close it in a visible window.
    page.on('dialogclosed', (dialog) => {
      if (state.dialog === dialog) state.dialog = null;
    });
    page.on('close', () => {
      state.pages = state.pages.filter((/** @type {Page} */ other) => other !== page);
      if (state.page === page) state.page = state.pages[state.pages.length - 1] || null;
    });
    page.on('framenavigated', (frame) => {
      for (const request of state.inFlight.keys()) if (!request.isNavigationRequest() && frameOf(request) === frame) state.inFlight.delete(request);
    });
    page.on('response', (response) => {
      if (!response.request().isNavigationRequest()) return;
      state.status.set(response.frame(), response.status());
      noteClock(state, response);
    });
  };
  context.pages().forEach(adopt);
  context.on('page', adopt);
  context.on('request', (request) => {
    if (!DATA_REQUESTS.has(request.resourceType())) return;
    if (waitsForNews(state, request)) return;
    state.started += 1;
    state.inFlight.set(request, Date.now());
  });
  context.on('requestfinished', (request) => {
    hangUp(state, request);
    if (state.inFlight.delete(request)) state.changedAt = Date.now(); // what it brought is drawn next
  });
  context.on('requestfailed', (request) => {
    hangUp(state, request);
    if (state.inFlight.delete(request)) state.failed += 1;
    const frame = request.isNavigationRequest() && request.method() === 'GET' ? frameOf(request) : null;
    if (frame && !frame.parentFrame()) state.lost.set(frame.page(), request.url());
  });
  return state;
}

// How far this machine's clock is ahead of each origin's. Latency and caches make it seem more, never less, so keep the least.
/** @param {Memory} state @param {Response} response */
function noteClock(state, response) {
  const ahead = Date.now() - Date.parse(response.headers().date || '');
  const { origin } = new URL(response.url());
  if (!Number.isNaN(ahead)) state.clocks[origin] = Math.min(ahead, origin in state.clocks ? state.clocks[origin] : Infinity);
}

// Count the requests that somebody still waits for: not those of a page that navigated or was closed, and none that has taken too long.
/** @param {Memory} state */
function busy(state) {
  const now = Date.now();
  let count = 0;
  for (const [request, since] of state.inFlight) {
    if (isOver(state, request) || now - since >= STALE_REQUEST_MS) state.inFlight.delete(request);
    else count += 1;
  }
  return count;
}

// Ignore long polling: a request that was held open for HELD_MS or longer and re-sent within AT_ONCE_MS, twice in a row.
/** @param {Memory} state @param {Request} request */
function waitsForNews(state, request) {
  const key = `${request.method()} ${request.url().split('?')[0]}`;
  const known = state.lines.get(key);
  const held = known && Date.now() - known.ended <= AT_ONCE_MS ? known.held : 0;
  const line = { held, since: Date.now(), ended: Infinity, request };
  state.lines.set(key, line);
  return line.held >= 2;
}

/** @param {Memory} state @param {Request} request */
function hangUp(state, request) {
  for (const line of state.lines.values()) {
    if (line.request !== request) continue;
    line.ended = Date.now();
    if (line.ended - line.since >= HELD_MS) line.held += 1;
  }
}

/** @param {Memory} state @param {Request} request */
function isOver(state, request) {
  const frame = frameOf(request);
  return !!frame && (frame.isDetached() || frame.page() !== state.page || frame.page().isClosed());
}

/** @param {Request} request */
function frameOf(request) {
  try {
    return request.frame();
  } catch {
    return null; // a navigation whose frame does not exist yet
  }
}

/** @param {Memory} state */
function dialogOf(state) {
  const dialog = state.dialog;
  return dialog ? { type: dialog.type(), message: dialog.message() } : null;
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

// An action blocks while a native dialog is open, so wait for its end or for the dialog, whichever comes first.
/** @param {Memory} state @param {Promise<any>} action @param {number} patience */
async function untilDialog(state, action, patience) {
  const opened = /** @type {Promise<void>} */ (new Promise((resolve) => {
    state.wakeDialog = resolve;
  }));
  let failure = null;
  const ended = action.then(() => 'done', (error) => {
    failure = error;
    return 'failed';
  });
  let how = await Promise.race([ended, opened.then(() => 'dialog')]);
  if (how === 'done' && patience) how = await Promise.race([opened.then(() => 'dialog'), sleep(patience).then(() => 'done')]);
  state.wakeDialog = null;
  if (how === 'failed' && !state.dialog) throw failure;
  return { dialog: dialogOf(state) };
}

module.exports = { DIALOG_PATIENCE_MS, ENGINE, LOOK_EVERY_MS, busy, dialogOf, remembered, sleep, untilDialog };
