// Tells where a person presses on pages of some origins. It presses nothing, changes nothing, and reads no text and no value: only the place
// of what was pressed. What stands there is looked up in what the reader saw before.
//
// The listener runs in a world of its own (a content script): the page's scripts neither see it nor can they call what it tells with. On
// pages of other origins, those of e-Devlet among them, it ends before it listens to anything.

/**
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ origins: string[], told: object[], pages: Set<Page> }} Watched
 */

const WORLD = 'katip-teach';
const TELL = 'katipPressed';
const WAIT_MS = 15;
const MOST = 200;

const watched = new WeakMap(); // context -> what was told

// ---------------------------------------------------------------------------------------------------------------- in the page

/** @param {string[]} origins @param {string} tell */
function listen(origins, tell) {
  const self = /** @type {any} */ (window);
  if (!origins.includes(self.origin) || self.katipListens) return;
  self.katipListens = true;
  const MOST_AROUND = 9;
  let down = /** @type {object | null} */ (null);

  // Where this frame stands in the page; frames of other origins are not listened to.
  function offset() {
    let [x, y] = [0, 0];
    for (let w = /** @type {Window} */ (window); w !== w.parent; w = w.parent) {
      let holder = null;
      try { holder = w.frameElement; } catch { holder = null; }
      if (!holder) return { x, y };
      const box = holder.getBoundingClientRect();
      const style = /** @type {Window} */ (holder.ownerDocument.defaultView).getComputedStyle(holder);
      x += box.left + holder.clientLeft + (parseFloat(style.paddingLeft) || 0);
      y += box.top + holder.clientTop + (parseFloat(style.paddingTop) || 0);
    }
    return { x, y };
  }

  /** @param {any} event @param {number} x @param {number} y */
  function described(event, x, y) {
    const from = offset();
    const around = event.composedPath().filter((/** @type {any} */ one) => one.nodeType === 1).slice(0, MOST_AROUND).map((/** @type {Element} */ one) => {
      const box = one.getBoundingClientRect();
      return { t: one.tagName.toLowerCase(), b: [box.left + from.x, box.top + from.y, box.width, box.height] };
    });
    return { at: Date.now(), x: x + from.x, y: y + from.y, around };
  }

  const send = (/** @type {object} */ press) => self[tell] && self[tell](JSON.stringify(press));
  const middle = (/** @type {any} */ event) => {
    const box = event.composedPath()[0].getBoundingClientRect();
    return /** @type {[number, number]} */ ([box.left + box.width / 2, box.top + box.height / 2]);
  };

  window.addEventListener('pointerdown', (event) => {
    down = event.isTrusted && event.button === 0 ? described(event, event.clientX, event.clientY) : null;
  }, true);
  window.addEventListener('pointerup', (event) => {
    if (event.isTrusted && down) send(down);
    down = null;
  }, true);
  window.addEventListener('pagehide', () => { // a page may go on at once when the button goes down
    if (down) send(down);
    down = null;
  }, true);
  // The keyboard presses without a pointer; a list of the browser's own is chosen from without one too.
  window.addEventListener('click', (event) => {
    if (event.isTrusted && event.detail === 0 && event.pointerType === '') send(described(event, ...middle(event)));
  }, true);
  window.addEventListener('change', (event) => {
    const element = /** @type {Element} */ (event.composedPath()[0]);
    if (event.isTrusted && element && element.tagName === 'SELECT') send(described(event, ...middle(event)));
  }, true);
}

// ----------------------------------------------------------------------------------------------------------- beside the browser

/** @param {Watched} state @param {Page} page */
async function watchPage(state, page) {
  if (state.pages.has(page)) return;
  state.pages.add(page);
  const session = await page.context().newCDPSession(page);
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === TELL && state.told.length < MOST) state.told.push(JSON.parse(payload));
  });
  const source = `(${listen})(${JSON.stringify(state.origins)}, ${JSON.stringify(TELL)})`;
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: TELL, executionContextName: WORLD });
  await session.send('Page.enable');
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: WORLD, runImmediately: true });
}

// Begins to watch all pages of a context, and those that they open.
/** @param {BrowserContext} context @param {{ origins: string[] }} request */
async function katipWatch(context, request) {
  const state = { origins: request.origins, told: [], pages: new Set() };
  watched.set(context, state);
  if (!context.pages().length) await context.newPage();
  context.on('page', (page) => watchPage(state, page).catch(() => {})); // a page that is closed again at once is watched by nobody
  for (const page of context.pages()) await watchPage(state, page);
  return {};
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

// What was pressed since, and where the page that was opened last is.
/** @param {BrowserContext} context @param {{ patience: number }} request */
async function katipWatched(context, request) {
  const state = watched.get(context);
  const until = Date.now() + request.patience;
  while (!state.told.length && Date.now() < until) await sleep(WAIT_MS);
  const pages = context.pages();
  const page = pages[pages.length - 1];
  return { pressed: state.told.splice(0), url: page ? page.url() : '', pages: pages.length };
}

module.exports = { katipWatch, katipWatched };
