// Acts on what a look has seen: press, fill, scroll, turn the wheel, press a key, drag.

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Frame} Frame
 * @typedef {import('./beside').ClickRequest} ClickRequest
 * @typedef {import('./beside').FillRequest} FillRequest
 * @typedef {import('./beside').Memory} Memory
 * @typedef {import('./beside').Place} Place
 */

const { DIALOG_PATIENCE_MS, remembered, untilDialog } = require('./context.js');
const { drawnOtherwise } = require('./drawing.js');
const { ELSEWHERE, TAKEN, UNTOUCHED, press, requireOrigins } = require('./press.js');
const { GONE, ask, elementOf, frameIn, given, question, wantedIn } = require('./world.js');

// What `press.js` needs to press a control: where it is, and the listeners in every frame.
/** @param {Memory} state @param {ClickRequest} request */
function handOf(state, request) {
  const which = wantedIn(request);
  const frame = frameIn(state, request);
  const secret = request.typed ? { fields: request.typed, origins: request.only } : null;
  const strict = request.strict ? 1 : 0;
  // A document that the press has navigated away from does not answer any more: it was pressed.
  const disarm = async (/** @type {Frame[]} */ frames) => {
    const answer = await Promise.all(frames.map((each) => each.textContent(question(state, 'disarm', []), { timeout: request.timeout }).then((text) => JSON.parse(text || 'null')).catch(() => null)));
    return answer.filter(Boolean);
  };
  return {
    frame,
    element: () => elementOf(state, request),
    aim: async () => {
      const aimed = frame && JSON.parse(await ask(state, frame, 'aim', ...which, strict).catch(() => 'null'));
      if (!aimed) throw new Error(GONE);
      return aimed;
    },
    arm: async () => {
      const frames = /** @type {Page} */ (state.page).frames();
      const armed = await Promise.all(frames.map((each) => {
        const mine = each === frame;
        const asked = question(state, 'arm', [given(mine ? [which, strict, secret, request.kept || null] : [null, strict, null, null])]);
        return each.textContent(asked, { timeout: request.timeout }).catch(() => (mine ? '' : 'without'));
      }));
      const refusal = frames.includes(frame) ? armed.find((answer) => !['armed', 'without'].includes(answer || '')) : '';
      if (refusal !== undefined) {
        await disarm(frames);
        throw new Error(refusal ? `${TAKEN}: ${refusal}` : GONE);
      }
      return frames;
    },
    disarm,
  };
}

// Throws unless the window shows the control, and what is to read as it was seen beside it, as they are written. Nothing was pressed then.
/** @param {Memory} state @param {BrowserContext} context @param {ClickRequest} request */
async function requireDrawn(state, context, request) {
  const frame = frameIn(state, request);
  if (!request.strict || request.compared === false || !frame || state.dialog) return;
  const doubts = await drawnOtherwise(state, context, frame, [[request.look, request.node], ...request.kept || []], false);
  const doubt = doubts.find(Boolean);
  if (doubt) throw new Error(`${UNTOUCHED}: ${TAKEN}: doubt ${doubt}`);
}

/** @param {BrowserContext} context @param {ClickRequest} request */
async function katipClick(context, request) {
  const state = remembered(context);
  await requireDrawn(state, context, request);
  state.changedAt = Date.now();
  const answer = await untilDialog(state, press(state.page, handOf(state, request), request), DIALOG_PATIENCE_MS);
  state.changedAt = Date.now();
  return answer;
}

// A secret is typed only if page and frame are of an allowed origin and the form is sent to one.
/** @param {Memory} state @param {FillRequest} request */
async function requireHost(state, request) {
  requireOrigins(state.frames[request.frame], request.only);
  const trouble = await ask(state, state.frames[request.frame], 'formTrouble', given([wantedIn(request), request.only]));
  if (trouble) throw new Error(`${ELSEWHERE}: ${trouble}`);
}

/** @param {BrowserContext} context @param {FillRequest} request */
async function katipFill(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request);
  if (request.only) await requireHost(state, request);
  const answer = await untilDialog(state, (async () => {
    if (request.option !== undefined) await element.selectOption({ index: request.option }, { timeout: request.timeout });
    else if (request.check !== undefined) await element.setChecked(request.check, { timeout: request.timeout, force: true });
    else await element.fill(request.value, { timeout: request.timeout });
    if (request.press) await element.press(request.press, { timeout: request.timeout, noWaitAfter: true });
  })(), DIALOG_PATIENCE_MS);
  state.changedAt = Date.now();
  return answer;
}

/** @param {BrowserContext} context @param {Place & { left: number, top: number }} request */
async function katipScroll(context, request) {
  const state = remembered(context);
  const frame = frameIn(state, request);
  state.changedAt = Date.now();
  const begun = frame && await ask(state, frame, 'scroll', request.look, request.node, request.left, request.top).catch(() => '');
  if (!begun) throw new Error(GONE);
  return JSON.parse(await ask(state, frame, 'reached'));
}

/** @param {BrowserContext} context @param {{ x: number, y: number, down: number }} request */
async function katipWheel(context, request) {
  const state = remembered(context);
  state.changedAt = Date.now();
  await state.page.mouse.move(request.x, request.y);
  await state.page.mouse.wheel(0, request.down);
}

/** @param {BrowserContext} context @param {Place & { key: string, timeout: number }} request */
async function katipKey(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request);
  state.changedAt = Date.now();
  await element.press(request.key, { timeout: request.timeout, noWaitAfter: true });
}

/** @param {BrowserContext} context @param {{ start: [number, number], end: [number, number] }} request */
async function katipDrag(context, request) {
  const { mouse } = remembered(context).page;
  remembered(context).changedAt = Date.now();
  await mouse.move(...request.start);
  await mouse.down();
  await mouse.move(...request.end, { steps: 4 });
  await mouse.up();
}

/** @param {BrowserContext} context @param {Place} request */
async function katipShow(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request);
  await element.scrollIntoViewIfNeeded({ timeout: 2000 });
}

module.exports = { katipClick, katipDrag, katipFill, katipKey, katipScroll, katipShow, katipWheel };
