// How texts would be drawn as they are written, for a comparison with a picture of the window (`drawing.js`). Evaluated in the page's
// isolated world.

/**
 * @typedef {import('./types').AnyElement} AnyElement
 * @typedef {import('./types').Edges} Edges
 * @typedef {{ left: number, top: number, width: number, height: number }} Region
 * @typedef {{ word: string, box: DOMRect, isAstray?: boolean }} Part
 * @typedef {{ left?: number, top?: number, width?: number, height?: number, wide?: number, high?: number, ink?: string, doubt?: string }} Inked
 * @typedef {OffscreenCanvasRenderingContext2D} Pen
 * @typedef {{ clips: Map<any, DOMRect | null>, ratio: number, own: Set<string>, parts: Map<any, Part[]>, under: Set<DOMRect> }} Sheet
 */

/**
 * @param {ReturnType<typeof import('./elements').makeElements>} elementsHere
 * @param {ReturnType<typeof import('./letters').makeLetters>} lettersHere
 * @param {ReturnType<typeof import('./seen').makeSeen>} seenHere
 */
function makeInk({ faceOfAny, parentOf, typeOf }, { doubtOfFont, ownFamilies }, { overIn, stacksAt }) {
  const LEAST_PART = 6; // CSS pixels of a word that are in sight, at least
  const MARGIN = 1; // pixels around the letters
  const LOWEST = 4; // CSS pixels; lower letters cannot be read
  const NARROWEST = 0.3; // of its usual width
  const CUT_BEFORE = 2; // CSS pixels of a text that may be cut off where it begins
  const CUT_BELOW = 0.3; // of its height that may be cut off
  const DOTS = 2; // widths of a letter in which dots are drawn, and a letter that they cut
  const ARROW = 20; // CSS pixels of a list's field
  const SIGN = 40; // CSS pixels: a picture of this width has room for words
  const OTHERWISE = 'otherwise';
  const HARDLY_SCALED = 0.04;
  const TYPED = new Set(['text', 'search', 'tel', 'url', 'email', 'number', 'textarea', 'select-one', 'button', 'submit', 'reset']);
  const CAPS = new Set(['small-caps', 'all-small-caps', 'petite-caps', 'all-petite-caps', 'unicase', 'titling-caps']);
  const OWN_ORDER = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
  const range = document.createRange();
  /** @type {Pen | null} */
  let brush = null;

  /** @param {any} node @returns {Generator<any>} */
  const around = function* around(node) {
    for (let one = node; one && typeOf(one) !== 9; one = parentOf(one) || one.host) if (typeOf(one) === 1) yield one;
  };

  // ------------------------------------------------------------------------------------------------------------------- brush

  /** @param {CSSStyleDeclaration} style @returns {Pen} */
  function penFor(style) {
    const pen = brush || /** @type {Pen} */ (new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true }));
    brush = pen;
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.letterSpacing = style.letterSpacing === 'normal' ? '0px' : style.letterSpacing;
    pen.fontKerning = /** @type {CanvasFontKerning} */ (style.fontKerning || 'auto');
    pen.fontVariantCaps = /** @type {CanvasFontVariantCaps} */ (CAPS.has(style.fontVariantCaps) ? style.fontVariantCaps : 'normal');
    pen.textBaseline = 'alphabetic';
    return pen;
  }

  const languageOf = (/** @type {AnyElement} */ element) => {
    const said = element.closest('[lang]');
    return (said && said.getAttribute('lang')) || undefined;
  };

  // The letters of a word as its style changes them.
  /** @param {string} word @param {AnyElement} element @param {string} transform */
  function asStyled(word, element, transform) {
    if (transform === 'none') return word;
    try {
      if (transform.includes('uppercase')) return word.toLocaleUpperCase(languageOf(element));
      if (transform.includes('lowercase')) return word.toLocaleLowerCase(languageOf(element));
    } catch {
      return word;
    }
    return transform.includes('capitalize') ? word.replace(/\p{L}/u, (letter) => letter.toLocaleUpperCase()) : word;
  }

  // The pixels of a word that fills a box, as far as a region shows them: one byte each, how much of it is letters. Null where there are no
  // letters, an empty text where nobody can read them.
  /** @param {string} word @param {CSSStyleDeclaration} style @param {Region} box @param {Region} region @param {number} ratio */
  function drawn(word, style, box, region, ratio) {
    const pen = penFor(style);
    const size = pen.measureText(word);
    const height = size.fontBoundingBoxAscent + size.fontBoundingBoxDescent;
    if (!(size.width > 0 && height > 0)) return null;
    if (box.width < NARROWEST * size.width || box.height < LOWEST) return '';
    const exactly = (/** @type {number} */ scale) => (Math.abs(scale - 1) < HARDLY_SCALED ? 1 : scale);
    const across = exactly(box.width / size.width);
    const down = across === 1 ? 1 : box.height / height;
    const top = box.top + (box.height - height * down) / 2;
    const { canvas } = pen;
    if (canvas.width < region.width || canvas.height < region.height) {
      canvas.width = Math.max(canvas.width, region.width);
      canvas.height = Math.max(canvas.height, region.height);
      penFor(style);
    }
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, region.width, region.height);
    pen.setTransform(ratio * across, 0, 0, ratio * down, box.left * ratio - region.left, Math.round((top + size.fontBoundingBoxAscent * down) * ratio) - region.top);
    pen.fillText(word, 0, 0);
    const { data } = pen.getImageData(0, 0, region.width, region.height);
    let bytes = '';
    for (let at = 3; at < data.length; at += 4) bytes += String.fromCharCode(data[at]);
    return window.btoa(bytes);
  }

  // -------------------------------------------------------------------------------------------------------------------- words

  // The whole pixels around a box, as far as the window and everything that clips it show them; null where hardly anything is in sight.
  /** @param {DOMRect} box @param {DOMRect[]} clips @param {number} ratio @returns {Region | null} */
  function regionOf(box, clips, ratio) {
    const shown = { left: Math.max(0, box.left), top: Math.max(0, box.top), right: Math.min(window.innerWidth, box.right), bottom: Math.min(window.innerHeight, box.bottom) };
    for (const clip of clips) {
      Object.assign(shown, { left: Math.max(shown.left, clip.left), top: Math.max(shown.top, clip.top) });
      Object.assign(shown, { right: Math.min(shown.right, clip.right), bottom: Math.min(shown.bottom, clip.bottom) });
    }
    const isSeen = shown.right - shown.left >= Math.min(LEAST_PART, box.width) && shown.bottom - shown.top >= 0.8 * box.height;
    if (!isSeen) return null;
    const [left, top] = [Math.floor(shown.left * ratio) - MARGIN, Math.floor(shown.top * ratio) - MARGIN];
    return { left, top, width: Math.ceil(shown.right * ratio) + MARGIN - left, height: Math.ceil(shown.bottom * ratio) + MARGIN - top };
  }

  /** @param {AnyElement} element @param {Map<any, DOMRect | null>} known @returns {DOMRect[]} */
  function clipsAround(element, known) {
    return Array.from(around(element), (one) => {
      if (!known.has(one)) {
        const { overflowX, overflowY, display } = window.getComputedStyle(one);
        const clips = (overflowX !== 'visible' || overflowY !== 'visible') && display !== 'inline' && one !== document.body && one !== document.documentElement;
        known.set(one, clips ? faceOfAny(one).getBoundingClientRect() : null);
      }
      return known.get(one) || null;
    }).filter((box) => box !== null);
  }

  // The parts of a text that are drawn in one piece each: its words, or its letters where a word is broken or its letters have an order of their own.
  /** @param {any} node @param {CSSStyleDeclaration} style @returns {Generator<Part>} */
  function* partsOf(node, style) {
    const text = node.nodeValue;
    const inOrder = !OWN_ORDER.test(text) && style.direction === 'ltr' && !style.unicodeBidi.includes('override');
    for (const { 0: word, index } of text.matchAll(/\S+/gu)) {
      const boxes = boxesOf(node, index, word.length);
      if (boxes.length === 1 && inOrder) yield { word, box: boxes[0] };
      else if (boxes.length) yield* lettersOf(node, word, index, inOrder);
    }
  }

  /** @param {any} node @param {number} from @param {number} length */
  function boxesOf(node, from, length) {
    range.setStart(node, from);
    range.setEnd(node, from + length);
    return Array.from(range.getClientRects()).filter((box) => box.width > 0 && box.height > 0);
  }

  // inOrder: each letter is to be right of the one before it, or on a line below.
  /** @param {any} node @param {string} word @param {number} from @param {boolean} inOrder @returns {Generator<Part>} */
  function* lettersOf(node, word, from, inOrder) {
    /** @type {DOMRect | null} */
    let before = null;
    for (const { 0: letter, index } of word.matchAll(/\P{M}\p{M}*/gu)) {
      const [box] = boxesOf(node, from + index, letter.length);
      if (!box) continue;
      yield { word: letter, box, isAstray: inOrder && before !== null && box.left < before.left && box.top < before.top + before.height / 2 };
      before = box;
    }
  }

  // Whether what clips this text alone cuts it off where it begins, or most of its height, and no scrolling brings that into sight.
  /** @param {any} node @param {AnyElement} element @param {DOMRect} box */
  function isCutOff(node, element, box) {
    for (const one of around(element)) {
      if ((faceOfAny(one).textContent || '').trim() !== node.nodeValue.trim()) return false;
      const { overflowX, overflowY, display } = window.getComputedStyle(one);
      if (display === 'inline' || faceOfAny(one).scrollLeft || faceOfAny(one).scrollTop) continue;
      const clip = faceOfAny(one).getBoundingClientRect();
      if (['hidden', 'clip'].includes(overflowX) && box.left < clip.left - CUT_BEFORE) return true;
      const shown = Math.min(box.bottom, clip.bottom) - Math.max(box.top, clip.top);
      if (['hidden', 'clip'].includes(overflowY) && clip.height < 1.2 * box.height && shown < (1 - CUT_BELOW) * box.height) return true;
    }
    return false;
  }

  // The parts over which something lies that the pointer finds: whether that may be there is judged elsewhere (`closely.js`).
  /** @param {Map<any, Part[]>} parts by their text @returns {Set<DOMRect>} */
  function boxesUnder(parts) {
    const all = Array.from(parts).flatMap(([node, words]) => words.map(({ box }) => ({ element: node.parentElement || node.parentNode.host, box })));
    const places = all.flatMap(({ element, box }) => [0.5, 0.1, 0.9].map((share) => ({ element, box, x: box.left + share * box.width, y: (box.top + box.bottom) / 2 })));
    const stacks = places.length ? stacksAt(places.map(({ x, y }) => [x, y]), all.map(({ element }) => element)) : [];
    return new Set(places.filter(({ element, x, y }, index) => stacks[index].length && overIn(stacks[index], element, x, y, true)).map(({ box }) => box));
  }

  const styleOf = (/** @type {any} */ node) => window.getComputedStyle(node.parentElement || node.parentNode.host);

  // ink: what `drawn` returns.
  /** @param {Region | null} region @param {string | null | false} ink @param {{ wide: number, high: number } | null} [size] @returns {Inked[]} */
  function inked(region, ink, size) {
    if (ink === '') return [{ doubt: OTHERWISE }];
    return ink && region ? [{ ...region, ...size, ink }] : [];
  }

  // Where the dots may begin that are drawn in place of what has no room.
  /** @param {AnyElement} element */
  function endOfDots(element) {
    for (const one of around(element)) {
      const { borderRightWidth, display, fontSize, paddingRight, textOverflow } = window.getComputedStyle(one);
      if (display === 'inline') continue;
      const face = faceOfAny(one);
      if (textOverflow === 'clip' || face.scrollWidth <= face.clientWidth) return Infinity;
      return face.getBoundingClientRect().right - (parseFloat(borderRightWidth) || 0) - (parseFloat(paddingRight) || 0) - DOTS * parseFloat(fontSize);
    }
    return Infinity;
  }

  /** @param {any} node @param {Sheet} sheet @returns {Inked[]} */
  function inkOfText(node, { clips, ratio, own, parts: known, under }) {
    const element = node.parentElement || node.parentNode.host;
    const style = window.getComputedStyle(element);
    if (![undefined, 'none'].includes(/** @type {any} */ (style).webkitTextSecurity)) return [];
    const words = asStyled(node.nodeValue, element, style.textTransform);
    const odd = doubtOfFont(words, style, own);
    if (odd) return [{ doubt: odd }];
    const parts = known.get(node) || [];
    if (parts.some(({ isAstray }) => isAstray)) return [{ doubt: OTHERWISE }];
    if (parts.length && isCutOff(node, element, parts[0].box)) return [{ doubt: OTHERWISE }];
    const holders = clipsAround(element, clips);
    const end = endOfDots(element);
    return parts.flatMap(({ word, box }) => {
      const region = box.right > end ? null : regionOf(box, holders, ratio); // dots are drawn in place of what has no room
      const ink = region && !under.has(box) && drawn(asStyled(word, element, style.textTransform), style, box, region, ratio);
      return inked(region, ink);
    });
  }

  // ------------------------------------------------------------------------------------------------------------------- fields

  const shownIn = (/** @type {any} */ field) => {
    if (field.tagName !== 'SELECT') return field.value;
    const chosen = Array.prototype.find.call(field.options, (/** @type {any} */ option) => option.selected);
    return chosen ? chosen.label : '';
  };

  // What of a field's value has room in it, in its first line.
  /** @param {string} value @param {Pen} pen @param {number} room */
  function fitting(value, pen, room) {
    let text = value.split('\n')[0].trim();
    while (text && pen.measureText(text).width > room) text = text.slice(0, -1);
    return text.trim();
  }

  // The width that a field has for its value.
  /** @param {any} field @param {CSSStyleDeclaration} style */
  const roomIn = (field, style) => field.clientWidth - (parseFloat(style.paddingLeft) || 0) - (parseFloat(style.paddingRight) || 0)
    - (field.tagName === 'SELECT' ? ARROW : 0);

  // How a field's value would be drawn, wherever that is in it.
  /** @param {any} field @param {Sheet} sheet @returns {Inked[]} */
  function inkOfField(field, { clips, ratio, own }) {
    if (!TYPED.has(field.type) || (field.type === 'number' && !/^\d*$/.test(field.value))) return [];
    const style = window.getComputedStyle(field);
    const value = asStyled(shownIn(field), field, style.textTransform);
    const region = value.trim() ? regionOf(field.getBoundingClientRect(), clipsAround(field.parentElement || field, clips), ratio) : null;
    if (!region) return [];
    const text = fitting(value, penFor(style), roomIn(field, style));
    const doubt = doubtOfFont(value, style, own) || (text ? '' : OTHERWISE);
    return doubt ? [{ doubt }] : inkOfValue(text, field, style, region, ratio);
  }

  /** @param {string} text @param {any} field @param {CSSStyleDeclaration} style @param {Region} region @param {number} ratio */
  function inkOfValue(text, field, style, region, ratio) {
    const scale = field.offsetWidth ? field.getBoundingClientRect().width / field.offsetWidth : 1;
    const size = penFor(style).measureText(text);
    const [width, height] = [size.width * scale, (size.fontBoundingBoxAscent + size.fontBoundingBoxDescent) * scale];
    const [wide, high] = [Math.ceil(width * ratio) + 2 * MARGIN, Math.ceil(height * ratio) + 2 * MARGIN];
    const box = { left: MARGIN / ratio, top: MARGIN / ratio, width, height };
    return inked(region, drawn(text, style, box, { left: 0, top: 0, width: wide, height: high }, ratio), { wide, high });
  }

  // Words of a picture are its own, whatever the page says that they are.
  // What is named in place of its words, and drawn: a picture, a drawing, a button of a picture.
  const isPicture = (/** @type {any} */ node) => /^(?:img|svg|canvas|object)$/i.test(node.tagName) || node.type === 'image' || node.getAttribute('role') === 'img';
  const inkOfPicture = (/** @type {any} */ node) => (node.getBoundingClientRect().width >= SIGN ? [{ doubt: 'unsaid' }] : []);

  /** @param {any} node @param {Sheet} sheet @param {boolean} pictures @returns {Inked[]} */
  function inkOfNode(node, sheet, pictures) {
    if (typeOf(node) === 3) return inkOfText(node, sheet);
    if (isPicture(node)) return pictures ? inkOfPicture(node) : [];
    return node.type !== undefined ? inkOfField(node, sheet) : [];
  }

  // ----------------------------------------------------------------------------------------------------------------- together

  // For each text and field how it would be drawn, or why it is not what a person reads (`doubt`); in pixels of a picture of the window that begins at `x` and `y` of this frame.
  // ratio: pixels of the picture for a CSS pixel. pictures: whether a picture with room for words is doubtful, as where its name is read in place of a text.
  /** @param {any[]} nodes @param {number[]} corner @param {number} ratio @param {boolean} pictures */
  function inkOf(nodes, [x, y], ratio, pictures) {
    const texts = nodes.filter((node) => node && node.isConnected && typeOf(node) === 3);
    const parts = new Map(texts.map((node) => [node, Array.from(partsOf(node, styleOf(node)))]));
    const sheet = { clips: new Map(), ratio, own: ownFamilies(), parts, under: boxesUnder(parts) };
    return nodes.map((node) => {
      const found = node && node.isConnected ? inkOfNode(node, sheet, pictures) : [];
      return found.map((one) => ({ ...one, left: (one.left || 0) + Math.round(x * ratio), top: (one.top || 0) + Math.round(y * ratio) }));
    });
  }

  return { inkOf };
}

module.exports = { makeInk };
