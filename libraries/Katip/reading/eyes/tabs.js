// Opens addresses, answers the browser's own dialogs, and opens and closes tabs.

/** @typedef {import('playwright-core').Page} Page */

/** @typedef {import('playwright-core').BrowserContext} BrowserContext */

const { DIALOG_PATIENCE_MS, remembered, untilDialog } = require('./context.js');

/** @param {BrowserContext} context @param {{ accept: boolean }} request */
async function katipAnswer(context, request) {
  const state = remembered(context);
  const { dialog } = state;
  if (!dialog) return null;
  state.dialog = null;
  const shown = { type: dialog.type(), message: dialog.message() };
  if (request.accept) await dialog.accept();
  else await dialog.dismiss();
  return shown;
}

/** @param {BrowserContext} context @param {{ url?: string, timeout: number }} request */
async function katipGo(context, request) {
  const state = remembered(context);
  if (!state.page) state.page = await context.newPage();
  const { page } = state;
  const options = { timeout: request.timeout, waitUntil: 'domcontentloaded' };
  const go = async () => {
    const here = page.url().split('#')[0];
    if (request.url) await page.goto(request.url, options);
    // An address that differs only in its fragment loads nothing: whatever is open on the page would stay open.
    if (!request.url || (request.url.includes('#') && request.url.split('#')[0] === here)) await page.reload(options);
  };
  state.changedAt = Date.now();
  return untilDialog(state, go(), DIALOG_PATIENCE_MS);
}

// Leave a page that a native dialog may block, without answering the dialog, and continue in a new page of the same session.
/** @param {BrowserContext} context @param {{ keep?: number }} request */
async function katipFreshPage(context, request) {
  const state = remembered(context);
  const kept = request.keep ? state.pages.slice(0, request.keep - 1) : state.pages.filter((/** @type {Page} */ page) => page !== state.page);
  state.dialog = null;
  const fresh = await context.newPage();
  // The page that is left may open windows until it is closed, and those may open more.
  for (let round = 0; round < 3; round += 1) {
    const left = state.pages.filter((/** @type {Page} */ page) => page !== fresh && !kept.includes(page));
    for (const page of left) await page.close({ runBeforeUnload: false }).catch(() => {});
  }
  state.page = fresh;
  return state.pages.length;
}

/** @param {BrowserContext} context @param {{ keep: number }} request */
async function katipClosePages(context, request) {
  const state = remembered(context);
  if (state.pages.length > request.keep) state.dialog = null;
  for (const page of state.pages.slice(request.keep).reverse()) await page.close({ runBeforeUnload: false }).catch(() => {});
  return state.pages.length;
}

/** @param {BrowserContext} context @param {object} request */
async function katipProcess(context, request) {
  const browser = /** @type {import('playwright-core').Browser} */ (context.browser());
  return { version: browser.version(), connected: browser.isConnected() };
}

module.exports = { katipAnswer, katipClosePages, katipFreshPage, katipGo, katipProcess };
