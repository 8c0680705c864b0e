// Takes pictures of the window in which T.C. numbers and secrets are covered.

/**
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Frame} Frame
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./beside').Memory} Memory
 * @typedef {import('./beside').PictureRequest} PictureRequest
 * @typedef {typeof import('playwright-core')} Playwright
 */

const { writeFile } = require('fs/promises');
const { LOOK_EVERY_MS, dialogOf, remembered, sleep } = require('./context.js');
const { eyesIn, given, question } = require('./world.js');

// Tight PNG compression takes most of a picture's time; only the DevTools protocol can turn it off.
/** @param {Memory} state @param {BrowserContext} context @param {Page} page */
async function quickPicture(state, context, page) {
  let session = state.sessions.get(page);
  if (!session) state.sessions.set(page, session = await context.newCDPSession(page));
  return Buffer.from((await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })).data, 'base64');
}

// Return the picture, or null if the page navigated meanwhile: a secret might be uncovered in it.
/**
 * @param {Memory} state
 * @param {BrowserContext} context
 * @param {Page} page
 * @param {{ secrets: string[], wholeOn: string[] }} what
 * @param {number} limit
 */
async function coveredPicture(state, context, page, what, limit) {
  const frames = page.frames();
  /** @param {Frame} frame @param {string} name @param {...string} more */
  const inFrame = (frame, name, ...more) => frame.textContent(question(state, name, more), { timeout: limit });
  let leave = () => {};
  const left = /** @type {Promise<null>} */ (new Promise((resolve) => { leave = () => resolve(null); }));
  page.once('framenavigated', leave);
  const covers = await Promise.allSettled(frames.map((frame) => inFrame(frame, 'cover', given(what))));
  let picture;
  let held;
  try {
    const refused = covers.find((cover) => cover.status === 'rejected');
    if (refused) throw refused.reason;
    const taking = quickPicture(state, context, page);
    taking.catch(() => {});
    // The browser may never answer for a page that has navigated away.
    picture = await Promise.race([taking, left, sleep(limit)]);
  } finally {
    page.off('framenavigated', leave);
    if (!picture) state.sessions.delete(page);
    held = await Promise.allSettled(frames.map((frame) => inFrame(frame, 'uncover')));
  }
  return held.every((each) => each.status === 'fulfilled' && each.value === 'held') && page.frames().length === frames.length ? picture : null;
}

/** @param {BrowserContext} context @param {Playwright} playwright @param {PictureRequest} request */
async function katipPicture(context, playwright, request) {
  const state = remembered(context);
  await eyesIn(playwright, state);
  const until = Date.now() + request.timeout;
  const what = { secrets: request.secrets || [], wholeOn: request.wholeOn || [] };
  let problem = 'the page did not stand still';
  while (Date.now() < until) {
    if (state.dialog) return { dialog: dialogOf(state) };
    if (!state.page) return {};
    const taking = coveredPicture(state, context, state.page, what, request.timeout / 4).catch((error) => { problem = error.message; });
    const picture = await Promise.race([taking, sleep(request.timeout / 2)]); // a page that a dialog blocks does not answer
    if (picture) {
      await writeFile(request.path, picture);
      return { path: request.path };
    }
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`no picture within ${request.timeout} ms in which what is secret is surely covered: ${problem}`);
}

// A part of the window as it is drawn, kept nowhere.
/** @param {BrowserContext} context @param {{ x: number, y: number, width: number, height: number, timeout: number }} request */
async function katipCutOut(context, request) {
  const state = remembered(context);
  if (state.dialog || !state.page) return {};
  const { x, y, width, height, timeout } = request;
  const png = await state.page.screenshot({ clip: { x, y, width, height }, scale: 'css', caret: 'initial', timeout });
  return { png: png.toString('base64') };
}

module.exports = { katipCutOut, katipPicture, quickPicture };
