const assert = require('node:assert/strict');
const { describe, test } = require('node:test');

const { remembered } = require('../../libraries/Katip/reading/eyes/context.js');
const { katipDoubts, katipUnread } = require('../../libraries/Katip/reading/eyes/close_look.js');

// A browser context with one frame; answer: returns what the frame answers, or throws; ink: how it says that its texts would be drawn.
function contextOf(answer, dialog = null, ink = [[], []]) {
  const session = { send: async () => ({ root: {} }), detach: async () => {} };
  const context = { pages: () => [], on: () => {}, newCDPSession: async () => session };
  Object.assign(remembered(context), { page: {}, dialog, frames: [{ parentFrame: () => null, textContent: async (asked) => (asked.includes('=ink ') ? JSON.stringify(ink) : answer()) }] });
  return context;
}

const replaced = () => { throw new Error('Execution context was destroyed'); };
const NO_ANSWER = [{ kind: 'no answer of the page', b: [10, 20, 100, 200] }];
const REGION = { frame: 0, node: [1, 2], at: [10, 10], region: [10, 20, 110, 220] };

describe('what a close look tells where the page gives no answer', () => {
  test('the texts are not said to be without doubt', async () => {
    assert.equal(await katipDoubts(contextOf(replaced), { frame: 0, nodes: [[1, 2]] }), null);
    assert.equal(await katipDoubts(contextOf(replaced), { frame: 7, nodes: [[1, 2]] }), null);
  });
  test('the doubts that it tells are returned', async () => {
    assert.deepEqual(await katipDoubts(contextOf(() => '["", "mixed"]'), { frame: 0, nodes: [[1, 2], [1, 3]] }), ['', 'mixed']);
  });
  test('what would not be drawn as it is written is in doubt without a picture', async () => {
    const context = contextOf(() => '["", "mixed"]', null, [[{ doubt: 'font' }], []]);
    assert.deepEqual(await katipDoubts(context, { frame: 0, nodes: [[1, 2], [1, 3]] }), ['font', 'mixed']);
  });
  test('texts of which there is no picture are not said to be without doubt', async () => {
    const context = contextOf(() => '[""]', null, [[{ left: 0, top: 0, width: 1, height: 1, ink: '/w==' }]]);
    context.newCDPSession = async () => ({ send: async () => { throw new Error('no picture'); } });
    assert.equal(await katipDoubts(context, { frame: 0, nodes: [[1, 2]] }), null);
  });
  test('the whole region may hold what cannot be read', async () => {
    assert.deepEqual(await katipUnread(contextOf(replaced), REGION), NO_ANSWER);
    assert.deepEqual(await katipUnread(contextOf(() => '[]'), { ...REGION, frame: 7 }), NO_ANSWER);
  });
  test('no text is believed, and no region is empty, while a dialog is open', async () => {
    assert.equal(await katipDoubts(contextOf(() => '[""]', {}), { frame: 0, nodes: [[1, 2]] }), null);
    assert.deepEqual(await katipUnread(contextOf(() => '[]', {}), REGION), NO_ANSWER);
  });
  test('nothing is told of a region whose header is gone', async () => {
    assert.deepEqual(await katipUnread(contextOf(() => 'null'), REGION), []);
  });
  test('a browser that does not tell of closed shadow roots leaves the region in doubt', async () => {
    const context = contextOf(() => '[{"kind":"canvas","b":[1,2,3,4]}]');
    context.newCDPSession = async () => { throw new Error('CDP session is only available in Chromium'); };
    assert.deepEqual(await katipUnread(context, REGION), [{ kind: 'canvas', b: [1, 2, 3, 4] }, ...NO_ANSWER]);
    assert.deepEqual(await katipUnread(contextOf(() => '[]'), REGION), []);
  });
});
