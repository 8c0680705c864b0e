// Waits until it is worth while to look again, without reading the page.

const { busy, sleep, untilDialog } = require('./context.js');
const { question } = require('./world.js');

const ASK_EVERY_MS = 8;
const LONGEST_MS = 100; // not everything that changes can be noticed

async function hasNews(state, { frame, times }) {
  try {
    return times < 0 || await frame.locator(question(state, 'news', [times])).count() > 0;
  } catch {
    return true; // the document was replaced
  }
}

// Wait until one of the looked at documents has noticed something, a request began or ended, or the browser's own dialog came or went.
async function untilNews(state, moves, end) {
  const until = Math.min(end, Date.now() + LONGEST_MS);
  const outside = () => [state.started, busy(state), state.page && state.page.url(), state.pages.length, state.page && state.page.frames().length].join(' ');
  const { dialog } = state;
  const before = outside();
  for (;;) {
    const left = until - Date.now();
    await sleep(Math.max(0, Math.min(ASK_EVERY_MS, left)));
    if (left <= ASK_EVERY_MS || state.dialog !== dialog || outside() !== before) return;
    let news = [];
    await untilDialog(state, Promise.all(moves.map((one) => hasNews(state, one))).then((told) => { news = told; }), 0);
    if (news.includes(true)) return;
  }
}

module.exports = { untilNews };
