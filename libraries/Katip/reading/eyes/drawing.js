// Compares a picture of the window with what it would show if texts were drawn as they are written: what a style, a filter, a cover or a
// script does to letters is seen there, whatever it is. The picture is kept nowhere.

/**
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Frame} Frame
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./beside').Memory} Memory
 * @typedef {{ width: number, height: number, step: number, lines: Uint8Array[] }} Picture
 * @typedef {{ left: number, top: number, width: number, height: number, wide?: number, high?: number, ink: string, doubt?: string }} Inked
 * @typedef {{ left: number, top: number, width: number, height: number, wide: number, high: number, ink: Buffer }} Word
 */

const { inflateSync } = require('zlib');
const { sleep } = require('./context.js');
const { quickPicture } = require('./picture.js');
const { ask, given } = require('./world.js');

const SHIFT = 2; // pixels by which letters may be drawn elsewhere
const FRAME_SHIFT = 4; // the same in a frame of another origin, whose own edge is not known
const ALIKE = 0.5; // least correlation of the letters of a word with the picture
const PART = 0.3; // the same of a part of a word
const PART_WIDTH = 12; // pixels
const FAINTEST = 6; // of 255: letters that differ less from their ground are not seen
const ATTEMPTS = 4; // the first may only tell how many pixels a picture has for a CSS pixel
const PICTURE_MS = 10000;
const FONT_MS = 3000; // for how long a font of the page is waited for
const FONT_AGAIN_MS = 50;
const UNANSWERED = 'unanswered';
const LOADING = 'loading';
const OTHERWISE = 'otherwise';

// ---------------------------------------------------------------------------------------------------------------------- picture

const paeth = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ c) => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
};

// Undo the filter of one line of a picture; `before` is the line above it.
/** @param {number} kind @param {Uint8Array} line @param {Uint8Array} before @param {number} step */
function unfilter(kind, line, before, step) {
  for (let at = 0; at < line.length; at += 1) {
    const left = at >= step ? line[at - step] : 0;
    const corner = at >= step ? before[at - step] : 0;
    const more = [0, left, before[at], (left + before[at]) >> 1, kind === 4 ? paeth(left, before[at], corner) : 0][kind];
    line[at] += more;
  }
}

// The pixels of a PNG as the browser makes it: eight bits a channel, not interlaced.
/** @param {Buffer} png @returns {Picture} */
function pixelsOf(png) {
  const [width, height, depth, colours, interlaced] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25], png[28]];
  const step = colours === 2 ? 3 : colours === 6 ? 4 : 0;
  if (depth !== 8 || !step || interlaced) throw new Error('a picture of an unknown kind');
  /** @type {Buffer[]} */
  const packed = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(packed));
  const size = width * step;
  let before = new Uint8Array(size);
  const lines = [];
  for (let y = 0; y < height; y += 1) {
    const start = y * (size + 1);
    const line = raw.subarray(start + 1, start + 1 + size);
    if (raw[start]) unfilter(raw[start], line, before, step);
    lines.push(line);
    before = line;
  }
  return { width, height, step, lines };
}

// ------------------------------------------------------------------------------------------------------------------- comparison

// How far the letters of a word agree with one channel of the picture, its upper left corner at x and y; 0 where nothing is drawn there.
/** @param {Picture} picture @param {number} channel @param {number} x @param {number} y @param {Word} word @param {number} from @param {number} to */
function agreement(picture, channel, x, y, word, from, to) {
  const { ink, wide, high } = word;
  let [count, sumP, sumE, sumPP, sumEE, sumPE, least, most] = [0, 0, 0, 0, 0, 0, 255, 0];
  for (let row = 0; row < high; row += 1) {
    const line = picture.lines[y + row];
    if (!line) return 0;
    for (let column = from; column < to; column += 1) {
      const [p, e] = [line[(x + column) * picture.step + channel], ink[row * wide + column]];
      if (p === undefined) return 0;
      count += 1;
      sumP += p;
      sumE += e;
      sumPP += p * p;
      sumEE += e * e;
      sumPE += p * e;
      if (p < least) least = p;
      if (p > most) most = p;
    }
  }
  if (most - least < FAINTEST) return 0;
  const [varP, varE] = [sumPP - sumP * sumP / count, sumEE - sumE * sumE / count];
  return varP > 0 && varE > 0 ? Math.abs(sumPE - sumP * sumE / count) / Math.sqrt(varP * varE) : 0;
}

/** @type {(picture: Picture, x: number, y: number, word: Word, from: number, to: number) => number} */
const bestChannel = (picture, x, y, word, from, to) => Math.max(...[0, 1, 2].map((channel) => agreement(picture, channel, x, y, word, from, to)));

// The columns of a word in parts of a few letters each; a part without letters belongs to the one before.
/** @param {Word} word @returns {number[][]} */
function partsOf({ ink, wide, high }) {
  const hasInk = (/** @type {number} */ column) => Array.from({ length: high }, (_, row) => ink[row * wide + column]).some((one) => one > 96);
  const inked = Array.from({ length: wide }, (_, column) => column).filter(hasInk);
  if (!inked.length) return [];
  const [first, last] = [inked[0], inked[inked.length - 1] + 1];
  const count = Math.max(1, Math.floor((last - first) / PART_WIDTH));
  const edge = (/** @type {number} */ number) => Math.round(first + (last - first) * number / count);
  return Array.from({ length: count }, (_, number) => [Math.max(0, edge(number) - 1), Math.min(wide, edge(number + 1) + 1)]);
}

// Where in the picture a word may begin.
/** @param {Word} word @param {number} shift @returns {Generator<number[]>} */
function* placesOf(word, shift) {
  const [spareX, spareY] = [word.width - word.wide, word.height - word.high];
  const heights = Array.from({ length: Math.max(shift, spareY + shift) + shift + 1 }, (_, index) => index - shift);
  heights.sort((one, other) => Math.abs(one - spareY / 2) - Math.abs(other - spareY / 2)); // mostly in the middle of its line or field
  for (const y of heights) for (let x = -shift; x <= Math.max(shift, spareX + shift); x += 1) yield [word.left + x, word.top + y];
}

// Whether the picture shows a word where it is to be.
/** @param {Picture} picture @param {Inked} one @param {number} shift */
function isShown(picture, one, shift) {
  const word = { wide: one.width, high: one.height, ...one, ink: Buffer.from(one.ink, 'base64') };
  const parts = partsOf(word);
  if (!parts.length) return true; // signs without ink of their own
  const [first, last] = [parts[0][0], parts[parts.length - 1][1]];
  let best = [0, 0, 0];
  for (const [x, y] of placesOf(word, shift)) {
    const alike = bestChannel(picture, x, y, word, first, last);
    if (alike > best[0]) best = [alike, x, y];
    if (alike > 0.97) break;
  }
  const worst = Math.min(...parts.map(([from, to]) => Math.max(...[-1, 0, 1].map((by) => bestChannel(picture, best[1] + by, best[2], word, from, to)))));
  return best[0] >= ALIKE && worst >= PART;
}

// --------------------------------------------------------------------------------------------------------------------- together

// How the texts would be drawn, once the fonts of the page that they are drawn in are there.
/** @param {Memory} state @param {Frame} frame @param {number[][]} nodes @param {number} ratio @param {boolean} pictures @returns {Promise<Inked[][]>} */
async function inkIn(state, frame, nodes, ratio, pictures) {
  const end = Date.now() + FONT_MS;
  for (;;) {
    const inked = JSON.parse(await ask(state, frame, 'ink', given([nodes, await cornerOf(frame), ratio, pictures])));
    if (Date.now() >= end || !inked.some((/** @type {Inked[]} */ words) => words.some(({ doubt }) => doubt === LOADING))) return inked;
    await sleep(FONT_AGAIN_MS);
  }
}

// Where a frame of another origin begins in the window, as far as the page around it tells; null where the frame knows it itself.
/** @param {Frame} frame */
async function cornerOf(frame) {
  const holder = frame.parentFrame() ? await frame.frameElement() : null;
  const box = holder && await holder.boundingBox();
  if (holder) await holder.dispose();
  return box ? [box.x, box.y] : null;
}

const placesIn = (/** @type {Inked[][]} */ inked) => JSON.stringify(inked.map((words) => words.map(({ left, top, width, height }) => [left, top, width, height])));

// Whether a picture has so many pixels for a CSS pixel; else the number is remembered. A window that is emulated or scaled says another number itself.
/** @param {Memory} state @param {Page} page @param {Picture} picture @param {number} ratio */
async function hasRatio(state, page, picture, ratio) {
  const width = Number(await ask(state, page.mainFrame(), 'width'));
  if (Math.abs(picture.width - ratio * width) <= 1) return true;
  state.ratios.set(page, picture.width / width);
  return false;
}

// For each text of a frame: why the window does not show it as it is written, as `doubts.py` knows it; empty where it does.
// pictures: whether a picture with room for words is doubtful.
/** @param {Memory} state @param {BrowserContext} context @param {Frame} frame @param {number[][]} nodes @param {boolean} pictures @returns {Promise<string[]>} */
async function drawnOtherwise(state, context, frame, nodes, pictures) {
  const { page } = state;
  if (!page) return nodes.map(() => UNANSWERED);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const ratio = state.ratios.get(page) || 1;
    const inked = await inkIn(state, frame, nodes, ratio, pictures);
    const known = inked.map((words) => words.map(({ doubt }) => doubt || '').find(Boolean) || '');
    if (!inked.some((words) => words.some(({ ink }) => ink))) return known;
    const taking = quickPicture(state, context, page);
    taking.catch(() => {});
    /** @type {any} */
    let timer;
    /** @type {Promise<null>} */
    const late = new Promise((resolve) => { timer = setTimeout(() => resolve(null), PICTURE_MS); });
    const png = await Promise.race([taking, late]).finally(() => clearTimeout(timer));
    if (!png) state.sessions.delete(page);
    const picture = png && pixelsOf(png);
    if (picture && await hasRatio(state, page, picture, ratio) && placesIn(await inkIn(state, frame, nodes, ratio, pictures)) === placesIn(inked)) {
      const shift = frame.parentFrame() ? FRAME_SHIFT : SHIFT;
      return inked.map((words, index) => known[index] || (words.every((word) => isShown(picture, word, shift)) ? '' : OTHERWISE));
    }
  }
  return nodes.map(() => UNANSWERED);
}

module.exports = { drawnOtherwise };
