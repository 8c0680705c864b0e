// Waits until it is worth while to look again, without reading the page.

/**
 * @typedef {import('./beside').Memory} Memory
 * @typedef {import('./beside').Move} Move
 */

const { busy, sleep, untilDialog } = require('./context.js');
const { question } = require('./world.js');

const ASK_EVERY_MS = 8;
const LONGEST_MS = 100; // not everything that changes can be noticed

/** @param {Memory} state @param {Move} move */
async function hasNews(state, { frame, times }) {
  try {
    return times < 0 || await frame.locator(question(state, 'news', [times])).count() > 0;
  } catch {
    return true; // the document was replaced
  }
}

// What happens outside of the documents: requests, tabs and frames that come and go.
/** @param {Memory} state */
const outsideOf = (state) => [state.started, busy(state), state.page && state.page.url(), state.pages.length, state.page && state.page.frames().length].join(' ');

// Wait until one of the looked at documents has noticed something, a request began or ended, or the browser's own dialog came or went.
/** @param {Memory} state @param {Move[]} moves @param {number} end */
async function untilNews(state, moves, end) {
  const until = Math.min(end, Date.now() + LONGEST_MS);
  const { dialog } = state;
  const before = outsideOf(state);
  for (;;) {
    /** @type {boolean[]} */
    let news = [];
    await untilDialog(state, Promise.all(moves.map((one) => hasNews(state, one))).then((told) => { news = told; }), 0);
    const left = until - Date.now();
    if (news.includes(true) || left <= 0 || state.dialog !== dialog || outsideOf(state) !== before) return;
    await sleep(Math.min(ASK_EVERY_MS, left));
    if (state.dialog !== dialog || outsideOf(state) !== before) return;
  }
}

module.exports = { outsideOf, untilNews };
