// Looks at the page and its visible frames, in one round trip a call.

/**
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Frame} Frame
 * @typedef {import('./beside').FrameSent} FrameSent
 * @typedef {import('./beside').LookRequest} LookRequest
 * @typedef {import('./beside').Looked} Looked
 * @typedef {import('./beside').Memory} Memory
 * @typedef {import('./beside').Move} Move
 * @typedef {import('./beside').Place} Place
 * @typedef {import('./beside').Seen} Seen
 * @typedef {typeof import('playwright-core')} Playwright
 */

const { busy, dialogOf, remembered, untilDialog } = require('./context.js');
const { outsideOf, untilNews } = require('./news.js');
const { ask, eyesIn, frameIn } = require('./world.js');

const USED_BEFORE = 'another keyword has used this page before Katip first looked at a page: load it again';
const MOST_FRAMES = 200;

// A cross-origin frame does not know its own offset; the page that holds it does.
/** @param {Frame} frame */
async function offsetOf(frame) {
  const holder = await frame.frameElement();
  const box = await holder.boundingBox();
  const visible = box && box.width > 1 && box.height > 1 && (await holder.isVisible());
  await holder.dispose();
  return visible ? { x: box.x, y: box.y } : { hidden: true };
}

// Return what a frame shows, with the number of the look (the same object as before if nothing changed), and how it moves.
// part: the look and the node of the part of the page whose stillness is waited for, where it is in this frame.
/** @param {Memory} state @param {Frame} frame @param {number[]} part */
async function lookInto(state, frame, part) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const before = state.seen.get(frame);
      const answer = await ask(state, frame, 'look', before ? before.n : 0, state.colours ? 1 : 0, ...part);
      const at = Date.now();
      const end = answer.indexOf('{');
      const [n, calm, inPart, age, times, isDrawn] = answer.slice(0, end < 0 ? undefined : end).split(' ').map(Number);
      const seen = end < 0 ? before : { n, ...JSON.parse(answer.slice(end)) };
      state.seen.set(frame, seen);
      return { seen: seen.x === null ? { ...seen, ...(await offsetOf(frame)) } : seen, calm, inPart, movedAt: at - age, times, isDrawn };
    } catch (error) {
      // The document was replaced meanwhile, or is not there yet: try once more, then treat it as loading.
      state.seen.delete(frame);
      if (/Unknown engine/.test(error.message)) throw new Error(USED_BEFORE);
      if (attempt === 0 && !frame.isDetached()) continue;
      const seen = { n: 0, hidden: frame.isDetached(), nodes: [], x: 0, y: 0, title: '', ready: 'loading' };
      return { seen, calm: 0, inPart: 0, movedAt: Date.now(), times: -1, isDrawn: 1 };
    }
  }
}

// Return all that is seen, and of each visible frame how it moves.
/** @param {Memory} state @param {Place | undefined} part */
async function lookOnce(state, part) {
  const { page } = state;
  if (!page) return { seen: { url: '', title: '', frames: [], pages: 0 }, moves: [] };
  const all = page.frames();
  if (all.length > MOST_FRAMES) return { seen: { exceeded: `${all.length} frames, more than ${MOST_FRAMES}` }, moves: [] };
  const partFrame = part && frameIn(state, part);
  const looked = await Promise.all(all.map((frame) => lookInto(state, frame, part && frame === partFrame ? [part.look, part.node] : [])));
  const beyond = looked.find(({ seen }) => seen.exceeded);
  if (beyond) return { seen: { exceeded: beyond.seen.exceeded }, moves: [] };
  /** @type {FrameSent[]} */
  const frames = [];
  /** @type {Move[]} */
  const moves = [];
  looked.forEach(({ seen, ...moving }, index) => {
    if (seen.hidden) return;
    const parent = all[index].parentFrame();
    frames.push({ i: index, up: parent ? all.indexOf(parent) : -1, url: all[index].url(), ...seen });
    moves.push({ frame: all[index], ...moving });
  });
  state.frames = all;
  // about:blank has the origin of the page that opened it.
  const opener = /^https?:/.test(page.url()) ? null : await page.opener();
  const lost = page.url().startsWith('chrome-error:') ? state.lost.get(page) || '' : '';
  const seen = { url: page.url(), opener: opener ? opener.url() : '', lost, title: frames.length ? frames[0].title : '', status: state.status.get(page.mainFrame()) || 0,
    pages: state.pages.length, clocks: state.clocks, frames };
  return { seen, moves };
}

const placeOf = (/** @type {FrameSent} */ frame) => `${frame.i} ${frame.ready} ${frame.x} ${frame.y} ${frame.url}`;
/** @param {Seen} seen */
const signatureOf = (seen) => [seen.url, seen.status, seen.pages, ...seen.frames.map((frame) => `${frame.n} ${placeOf(frame)}`)].join('\n');

// Note when what a person reads or presses moved last: as far as a frame can tell, else now.
/** @param {Memory} state @param {Seen} seen @param {Move[]} moves */
function noteMovement(state, seen, moves) {
  const around = [seen.url, seen.status, seen.pages, ...seen.frames.map(placeOf)].join('\n');
  const calm = moves.map((one) => one.calm);
  const before = state.calm;
  state.calm = { around, calm };
  if (!before || before.around !== around) state.changedAt = Date.now();
  else moves.forEach(({ movedAt }, index) => { if (calm[index] !== before.calm[index]) state.changedAt = Math.max(state.changedAt, movedAt); });
}

/** @param {Memory} state @param {Looked} looked */
const isLoading = (state, { seen }) => Boolean(busy(state)) || seen.frames.some((frame) => frame.ready === 'loading');

// For how many ms nothing has moved; 0 while anything is being loaded, or is not drawn yet.
/** @param {Memory} state @param {Looked} looked */
const quietFor = (state, looked) => (isLoading(state, looked) || looked.moves.some(({ isDrawn }) => !isDrawn) ? 0 : Date.now() - state.changedAt);

// Return a function that returns after each look for how many ms a part of the page has been still; the whole page where the part is gone.
/** @param {Memory} state */
function partWatch(state) {
  let known = -1;
  let since = 0;
  return (/** @type {Looked} */ looked) => {
    const now = Math.max(0, ...looked.moves.map(({ inPart }) => inPart));
    if (now !== known || isLoading(state, looked)) since = Date.now();
    known = now;
    return now ? Date.now() - since : quietFor(state, looked);
  };
}

// What is answered of a dialog that is open; null, after waiting for news, where the caller knows it already and has patience left.
/** @param {Memory} state @param {LookRequest} request @param {number} end */
async function dialogAnswer(state, request, end) {
  if (request.changed && state.dialog === state.reportedDialog && Date.now() < end) {
    await untilNews(state, [], end);
    return null;
  }
  state.reportedDialog = state.dialog;
  return { dialog: dialogOf(state), url: state.page ? state.page.url() : '', busy: busy(state), started: state.started, failed: state.failed };
}

// Where nothing happened since the last look, wait for news, or until the page has been still long enough, before reading it again.
/** @param {Memory} state @param {LookRequest} request @param {number} end */
async function untilLookPays(state, request, end) {
  const { watched } = state;
  if (request.part || !(request.changed || request.still)) return;
  if (state.dialog || !watched || watched.page !== state.page || watched.outside !== outsideOf(state)) return;
  const calmAt = request.still && !busy(state) ? state.changedAt + request.still : end;
  await untilNews(state, watched.moves, Math.min(end, calmAt));
}

// Return a function that returns after each look for how many ms what the caller waits for has been still; 0 where it waits for no stillness.
/** @param {Memory} state @param {LookRequest} request */
function stillness(state, request) {
  if (!request.still) return () => 0;
  return request.part ? partWatch(state) : (/** @type {Looked} */ looked) => quietFor(state, looked);
}

// Look once; null if a dialog opened meanwhile, which stops the page's scripts and with them the look.
/** @param {Memory} state @param {Place | undefined} part */
async function lookUntilDialog(state, part) {
  /** @type {any} */
  let looked = null;
  const { dialog } = await untilDialog(state, lookOnce(state, part).then((one) => { looked = one; }), 0);
  return dialog ? null : looked;
}

// Remember a look; return whether it differs from the last one. Requests are part of what a caller waits for, though nothing of them is visible.
/** @param {Memory} state @param {Looked} looked */
function noteLook(state, { seen, moves }) {
  const signature = signatureOf(seen);
  const same = signature === state.looked;
  noteMovement(state, seen, moves);
  state.watched = { page: state.page, moves, outside: outsideOf(state) };
  state.looked = signature;
  const traffic = `${state.started} ${busy(state)}`;
  const moved = traffic !== state.traffic;
  state.traffic = traffic;
  return !same || moved;
}

// Whether a look is what the caller waits for. still: for how many ms nothing has moved.
/** @param {LookRequest} request @param {boolean} differs @param {number} still */
function isEnough(request, differs, still) {
  if (!request.changed && !request.still) return true;
  return (request.still && still >= request.still) || (request.changed && differs);
}

// What a look answers: only its signs of work where the caller has the rest from the last answer. reads: how often the page was read for it.
/** @param {Memory} state @param {Looked} looked @param {LookRequest} request @param {number} reads */
function answerOf(state, looked, request, reads) {
  const signs = { busy: busy(state), started: state.started, failed: state.failed, quiet: quietFor(state, looked), reads };
  const known = request.known && state.looked === state.reported;
  state.reported = state.looked;
  return known ? { same: true, ...signs } : { ...looked.seen, ...signs };
}

// Look once; with `changed`, repeat until something differs from the last look; with `still`, until nothing has moved for so many ms (with
// `part`, in that part of the page); with both, until either.
/** @param {BrowserContext} context @param {Playwright} playwright @param {LookRequest} request */
async function katipLook(context, playwright, request) {
  const state = remembered(context);
  state.colours = Boolean(request.colours);
  await eyesIn(playwright, state);
  const end = Date.now() + (request.patience || 0);
  const stillFor = stillness(state, request);
  await untilLookPays(state, request, end);
  for (let reads = 1; ; reads += 1) {
    if (state.dialog) {
      const answer = await dialogAnswer(state, request, end);
      if (answer) return answer;
      continue;
    }
    const looked = await lookUntilDialog(state, request.part);
    if (!looked) continue;
    if (looked.seen.exceeded) {
      state.reported = '';
      return looked.seen;
    }
    const differs = noteLook(state, looked);
    const still = stillFor(looked);
    if (isEnough(request, differs, still) || Date.now() >= end) return answerOf(state, looked, request, reads);
    const calmAt = request.still && !isLoading(state, looked) ? Date.now() + request.still - still : end;
    await untilNews(state, looked.moves, Math.min(end, calmAt));
  }
}

module.exports = { katipLook };
