// Looks at the page and its visible frames, in one round trip a call.

const { LOOK_EVERY_MS, busy, dialogOf, remembered, sleep, untilDialog } = require('./context.js');
const { ask, eyesIn } = require('./world.js');

const USED_BEFORE = 'another keyword has used this page before Katip first looked at a page: load it again';
const MOST_FRAMES = 200;

// A cross-origin frame does not know its own offset; the page that holds it does.
async function offsetOf(frame) {
  const holder = await frame.frameElement();
  const box = await holder.boundingBox();
  const visible = box && box.width > 1 && box.height > 1 && (await holder.isVisible());
  await holder.dispose();
  return visible ? { x: box.x, y: box.y } : { hidden: true };
}

// Return what a frame shows, with the number of the look; the same object as before if nothing changed.
async function lookInto(state, frame) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const before = state.seen.get(frame);
      const told = await ask(state, frame, 'look', before ? before.n : 0, state.colours ? 1 : 0);
      const end = told.indexOf(' ');
      const seen = end < 0 ? before : { n: Number(told.slice(0, end)), ...JSON.parse(told.slice(end)) };
      state.seen.set(frame, seen);
      return seen.x === null ? { ...seen, ...(await offsetOf(frame)) } : seen;
    } catch (error) {
      // The document was replaced meanwhile, or is not there yet: try once more, then treat it as loading.
      state.seen.delete(frame);
      if (/Unknown engine/.test(error.message)) throw new Error(USED_BEFORE);
      if (attempt === 0 && !frame.isDetached()) continue;
      return { n: 0, hidden: frame.isDetached(), nodes: [], x: 0, y: 0, title: '', ready: 'loading' };
    }
  }
}

async function lookOnce(state) {
  const { page } = state;
  if (!page) return { url: '', title: '', frames: [], pages: 0 };
  const all = page.frames();
  if (all.length > MOST_FRAMES) return { exceeded: `${all.length} frames, more than ${MOST_FRAMES}` };
  const looked = await Promise.all(all.map((frame) => lookInto(state, frame)));
  const beyond = looked.find((seen) => seen.exceeded);
  if (beyond) return { exceeded: beyond.exceeded };
  const frames = [];
  looked.forEach((seen, index) => {
    if (seen.hidden) return;
    const parent = all[index].parentFrame();
    frames.push({ i: index, up: parent ? all.indexOf(parent) : -1, url: all[index].url(), ...seen });
  });
  state.frames = all;
  // about:blank has the origin of the page that opened it.
  const opener = /^https?:/.test(page.url()) ? null : await page.opener();
  const lost = page.url().startsWith('chrome-error:') ? state.lost.get(page) || '' : '';
  return { url: page.url(), opener: opener ? opener.url() : '', lost, title: frames.length ? frames[0].title : '', status: state.status.get(page.mainFrame()) || 0,
    pages: state.pages.length, clocks: state.clocks, frames };
}

const signatureOf = (seen) => [seen.url, seen.status, seen.pages, ...seen.frames.map((frame) => `${frame.i} ${frame.n} ${frame.ready} ${frame.x} ${frame.y} ${frame.url}`)].join('\n');

// For how many ms nothing has changed; 0 while anything is being loaded.
function quietFor(state, seen) {
  return busy(state) || seen.frames.some((frame) => frame.ready === 'loading') ? 0 : Date.now() - state.changedAt;
}

// Look once; with `changed`, repeat until something differs from the last look; with `still`, until nothing has differed for so many ms.
async function katipLook(context, playwright, request) {
  const state = remembered(context);
  state.colours = Boolean(request.colours);
  await eyesIn(playwright, state);
  const end = Date.now() + (request.patience || 0);
  for (;;) {
    if (state.dialog) {
      if (!request.changed || state.dialog !== state.toldDialog || Date.now() >= end) {
        state.toldDialog = state.dialog;
        return { dialog: dialogOf(state), url: state.page ? state.page.url() : '', busy: busy(state), started: state.started, failed: state.failed };
      }
      await sleep(LOOK_EVERY_MS);
      continue;
    }
    /** @type {any} */
    let seen = null;
    const { dialog } = await untilDialog(state, lookOnce(state).then((one) => { seen = one; }), 0);
    if (dialog || !seen) continue;
    if (seen.exceeded) {
      state.told = '';
      return seen;
    }
    const signature = signatureOf(seen);
    const same = signature === state.looked;
    if (!same) state.changedAt = Date.now();
    state.looked = signature;
    // Requests are part of what a caller waits for, though nothing of them is visible.
    const traffic = `${state.started} ${busy(state)}`;
    const moved = traffic !== state.traffic;
    state.traffic = traffic;
    const enough = request.still ? quietFor(state, seen) >= request.still : !request.changed || !same || moved;
    if (enough || Date.now() >= end) {
      const signs = { busy: busy(state), started: state.started, failed: state.failed, quiet: quietFor(state, seen) };
      const known = request.known && signature === state.told;
      state.told = signature;
      return known ? { same: true, ...signs } : { ...seen, ...signs };
    }
    await sleep(LOOK_EVERY_MS);
  }
}

module.exports = { katipLook };
