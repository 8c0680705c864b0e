// What of a text a person can read as it is drawn: letters that cannot be seen, that are struck through or drawn in another order, and
// words that only a style draws. Evaluated in the page's isolated world.

/**
 * @typedef {import('./types').AnyElement} AnyElement
 * @typedef {import('./types').WalkState} WalkState
 * @typedef {{ letter: string, x: number, y: number, height: number }} Letter
 */

function makeDrawn() {
  const LEAST_HEIGHT = 4; // CSS pixels; lower letters cannot be read
  const LEAST_CONTRAST = 16; // of 255, between letters and their ground
  const LEAST_OPACITY = LEAST_CONTRAST / 255;
  const LEAST_BLUR = 3; // CSS pixels
  const TRANSPARENT = 'rgba(0, 0, 0, 0)';
  const STRUCK = '\u0336';
  const DOT = '\u2022';
  const UNKNOWN = '0\u20e5'; // for a number or sign that only the browser knows: with a stroke through it, it equals nothing
  const KNOWN_MARK = /^(?:none|disc|circle|square|disclosure-.*|decimal.*|(?:lower|upper)-(?:alpha|latin|roman|greek))$/;
  const BIDI = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
  const CONTROLS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  const WORD = /[\p{L}\p{N}]/u;
  const SHAPES = /^(?:inset|polygon|circle|ellipse)\((?!.*(?:calc|at -))/;
  const MOVED = /^matrix\(1, 0, 0, 1, /;
  const range = document.createRange();

  // Red, green, blue and opacity of a computed colour; null in a colour space of another name.
  /** @param {string} colour */
  function channels(colour) {
    const found = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(colour);
    return found ? [Number(found[1]), Number(found[2]), Number(found[3]), found[4] === undefined ? 1 : Number(found[4])] : null;
  }

  // The colour behind what is inside an element: its own, else the one behind it; null where it is not one colour.
  /** @param {CSSStyleDeclaration} style @param {number[] | null} ground */
  function groundOf(style, ground) {
    if (style.backgroundImage !== 'none') return null;
    const { backgroundColor } = style;
    if (backgroundColor === TRANSPARENT) return ground;
    const own = channels(backgroundColor);
    if (!own || (own[3] > 0 && own[3] < 1)) return null;
    return own[3] === 1 ? own : ground;
  }

  // The ground by what is really behind a point, as other elements may be between a text and the element around it.
  /** @param {number} x @param {number} y @param {AnyElement} inside */
  function groundAt(x, y, inside) {
    const stack = document.elementsFromPoint(x, y);
    const from = stack.indexOf(inside);
    for (const element of from < 0 ? [] : stack.slice(from)) {
      const style = window.getComputedStyle(element);
      if (style.backgroundImage !== 'none' || ['IMG', 'CANVAS', 'VIDEO', 'IFRAME'].includes(element.tagName)) return null;
      const own = channels(style.backgroundColor);
      if (!own || (own[3] > 0 && own[3] < 1)) return null;
      if (own[3] === 1) return own;
    }
    return from < 0 ? undefined : [255, 255, 255, 1];
  }

  const isWhollyTransparent = (/** @type {string} */ mask) => {
    if (/url\(|element\(|image-set\(/.test(mask)) return true; // what a picture leaves of a text cannot be told
    const colours = mask.match(/rgba?\([^)]*\)/g) || [];
    return colours.length > 0 && colours.every((colour) => { const own = channels(colour); return own !== null && own[3] < LEAST_OPACITY; });
  };

  // True if letters may be drawn in another order than they are written in.
  /** @param {CSSStyleDeclaration} style @param {string} transform */
  function isTurned(style, transform) {
    if ((transform !== 'none' && !MOVED.test(transform)) || style.rotate !== 'none' || style.scale !== 'none') return true;
    return parseFloat(style.letterSpacing) < -LEAST_HEIGHT || style.direction === 'rtl' || style.unicodeBidi.includes('override');
  }

  // True if a line through the text around an element does not go through its own.
  /** @param {CSSStyleDeclaration} style @param {string} display */
  function isApart(style, display) {
    const { position } = style;
    return display.startsWith('inline-') || style.float !== 'none' || position === 'absolute' || position === 'fixed';
  }

  // What an element passes on to the texts inside it.
  /** @param {CSSStyleDeclaration} style @param {string} transform @param {WalkState} outer @param {string} display */
  function passedOn(style, transform, outer, display) {
    const line = style.textDecorationLine.includes('line-through');
    const apart = isApart(style, display);
    return {
      behind: groundOf(style, outer.behind),
      struck: line || (outer.struck && !apart),
      turned: outer.turned || isTurned(style, transform),
      paints: style.backgroundImage !== 'none' && style.webkitBackgroundClip.includes('text') || (outer.paints && !apart),
      shaped: outer.shaped || (style.clipPath !== 'none' && !SHAPES.test(style.clipPath)),
    };
  }

  // Whether an element's own style leaves nothing of it that can be read.
  /** @param {CSSStyleDeclaration} style */
  function isErased(style) {
    const { filter, maskImage } = style;
    const blur = filter === 'none' ? null : /blur\(([\d.]+)px\)/.exec(filter);
    return (blur !== null && Number(blur[1]) >= LEAST_BLUR) || (maskImage !== 'none' && isWhollyTransparent(maskImage));
  }

  // Whether an element shows its back, which its style hides; also inside a turned element that keeps the third dimension.
  /** @param {CSSStyleDeclaration} style @param {string} transform @param {WalkState} outer */
  function facingOf(style, transform, outer) {
    const before = outer.facing;
    const { rotate } = style;
    if (transform === 'none' && rotate === 'none') return before;
    const matrix = transform.startsWith('matrix3d') ? new DOMMatrix(transform) : null;
    const turned = /^[xy] |\d+ \d+ \d+/.test(rotate) ? new DOMMatrix(`rotate3d(${axisOf(rotate)})`) : null;
    let facing = before;
    for (const one of [turned, matrix]) if (one) facing = facing ? facing.multiply(one) : one;
    return facing;
  }

  const axisOf = (/** @type {string} */ rotate) => {
    const words = rotate.split(' ');
    if (words[0] === 'x') return `1, 0, 0, ${words[1]}`;
    return words[0] === 'y' ? `0, 1, 0, ${words[1]}` : words.join(', ');
  };

  /** @param {CSSStyleDeclaration} style @param {DOMMatrix | null} facing */
  const showsBack = (style, facing) => facing !== null && style.backfaceVisibility === 'hidden' && facing.m33 < 0;

  /** @param {CSSStyleDeclaration} style @param {WalkState} state */
  const isPainted = (style, state) => state.paints || style.textShadow !== 'none' || parseFloat(style.webkitTextStrokeWidth) > 0;

  // Whether the letters of a run cannot be seen where they are drawn.
  /** @param {AnyElement} node @param {DOMRect} box @param {CSSStyleDeclaration} style @param {WalkState} state */
  function isUnseen(node, box, style, state) {
    const parent = node.parentElement || node.parentNode.host;
    if (box.height < LEAST_HEIGHT) return true;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (state.shaped && !isHit(parent, x, y)) return true;
    const letters = channels(style.webkitTextFillColor);
    if (!letters || isPainted(style, state)) return false;
    const contrast = (/** @type {number[]} */ ground) => Math.max(...[0, 1, 2].map((one) => Math.abs(letters[one] - ground[one]))) * letters[3];
    if (letters[3] < LEAST_OPACITY) return true;
    if (!state.behind || contrast(state.behind) >= LEAST_CONTRAST) return false;
    const behind = groundAt(x, y, parent);
    return behind === undefined || (behind !== null && contrast(behind) < LEAST_CONTRAST);
  }

  // Whether a point that is in the window is in an element, as its shape leaves it; true outside of the window.
  /** @param {AnyElement} element @param {number} x @param {number} y */
  function isHit(element, x, y) {
    const stack = document.elementsFromPoint(x, y);
    return !stack.length || stack.some((one) => one === element || element.contains(one));
  }

  // The letters in the order in which they are drawn, line by line.
  /** @param {AnyElement} node */
  function inDrawnOrder(node) {
    /** @type {Letter[]} */
    const letters = [];
    const text = node.nodeValue;
    for (let at = 0; at < text.length;) {
      const length = text.codePointAt(at) > 0xffff ? 2 : 1;
      range.setStart(node, at);
      range.setEnd(node, at + length);
      const box = range.getBoundingClientRect();
      const letter = text.slice(at, at + length);
      const last = letters[letters.length - 1];
      if (last && !box.width) last.letter += letter; // a mark over the letter before it, or a blank that is not drawn
      else letters.push({ letter, x: box.left + box.width / 2, y: box.top + box.height / 2, height: box.height });
      at += length;
    }
    /** @type {{ y: number, height: number, letters: Letter[] }[]} */
    const lines = [];
    for (const one of letters) {
      const line = lines.find((other) => Math.abs(other.y - one.y) < other.height / 2);
      if (line) line.letters.push(one);
      else lines.push({ y: one.y, height: one.height || 1, letters: [one] });
    }
    lines.sort((one, other) => one.y - other.y);
    /** @param {{ letters: Letter[] }} line */
    const upright = (line) => line.letters.sort((one, other) => one.x - other.x).map((one) => one.letter).join('');
    return lines.map(upright).join(' ');
  }

  /** @param {DOMRect} box @param {string} text */
  const isTall = (box, text) => box.height > 1.5 * box.width && text.trim().length > 1; // letters below each other

  // What a person reads where a run of text is; an empty text where nothing can be read.
  /** @param {AnyElement} node @param {DOMRect} box @param {CSSStyleDeclaration} style @param {WalkState} state */
  function readable(node, box, style, state) {
    const text = node.nodeValue;
    if (isUnseen(node, box, style, state)) return '';
    const { webkitTextSecurity } = /** @type {any} */ (style);
    if (webkitTextSecurity && webkitTextSecurity !== 'none') return text.replace(/\S/g, DOT);
    let shown = text;
    if ((state.turned || BIDI.test(text)) && text.length < 500 && !isTall(box, text)) {
      const drawn = inDrawnOrder(node).replace(CONTROLS, '');
      const plain = (/** @type {string} */ one) => one.replace(/\s+/g, '');
      if (plain(drawn) !== plain(text.replace(CONTROLS, ''))) shown = drawn;
    }
    return state.struck ? shown.replace(/\S/gu, (/** @type {string} */ letter) => letter + STRUCK) : shown;
  }

  // ------------------------------------------------------------------------------------------------------ words of a style

  // A quote sign of the first level, as a style gives it.
  /** @param {string} quotes @param {boolean} isOpening */
  const quoteOf = (quotes, isOpening) => (/^"((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"/.exec(quotes) || ['', '', ''])[isOpening ? 1 : 2];

  /** @param {string} content @param {AnyElement} element @param {string} quotes */
  function wordsOf(content, element, quotes) {
    const shown = content.replace(/url\((?:"(?:[^"\\]|\\.)*"|[^)]*)\)/g, '').split(' / ')[0]; // behind it are words for screen readers
    let words = '';
    for (const [, text, name, counter, quote] of shown.matchAll(/"((?:[^"\\]|\\.)*)"|attr\(([\w-]+)[^)]*\)|(counters?\()[^)]*\)|(open|close)-quote/g)) {
      if (quote) words += quoteOf(quotes, quote === 'open');
      else if (counter) words += UNKNOWN;
      else words += text !== undefined ? text.replace(/\\(.)/g, '$1') : element.getAttribute(name) || '';
    }
    return words;
  }

  /** @param {CSSStyleDeclaration} style @param {number} opacity */
  function isDrawn(style, opacity) {
    if (style.display === 'none' || style.visibility !== 'visible' || opacity * parseFloat(style.opacity) < LEAST_OPACITY) return false;
    const colour = channels(style.webkitTextFillColor);
    if (colour && colour[3] < LEAST_OPACITY) return false;
    const [width, height] = [parseFloat(style.width), parseFloat(style.height)];
    if (style.overflow !== 'visible' && (width < 2 || height < 2)) return false;
    if (parseFloat(style.textIndent) < -500 || /^rect\(0px/.test(style.clip)) return false;
    return parseFloat(style.fontSize) >= LEAST_HEIGHT;
  }

  // The words that a style draws in an element before or after what is in it; null where it draws none.
  /** @param {AnyElement} element @param {string} which @param {number} opacity @param {(style: CSSStyleDeclaration) => boolean} isIcon */
  function wordsDrawn(element, which, opacity, isIcon) {
    const style = window.getComputedStyle(element, which);
    const { content } = style;
    if (!content || content === 'none' || content === 'normal') return null;
    const words = markOf(style) + wordsOf(content, element, style.quotes);
    if (!WORD.test(words) || isIcon(style) || !isDrawn(style, opacity)) return null;
    return { words, apart: style.position === 'absolute' || style.position === 'fixed' || !style.display.startsWith('inline'), style };
  }

  // The words of the kind of mark that a style gives to an item of a list.
  /** @param {CSSStyleDeclaration} style */
  function markOf(style) {
    if (!style.display.includes('list-item')) return '';
    const found = /^"((?:[^"\\]|\\.)*)"/.exec(style.listStyleType);
    if (found) return found[1];
    return KNOWN_MARK.test(style.listStyleType) ? '' : UNKNOWN;
  }

  // The words that stand for the mark of an item of a list.
  /** @param {AnyElement} element @param {CSSStyleDeclaration} style */
  function markDrawn(element, style) {
    if (!style.display.includes('list-item')) return '';
    const { content } = window.getComputedStyle(element, '::marker');
    const words = content && content !== 'normal' && content !== 'none' ? wordsOf(content, element, style.quotes) : markOf(style);
    return WORD.test(words) ? words : '';
  }

  return { LEAST_OPACITY, channels, facingOf, isErased, markDrawn, passedOn, readable, showsBack, wordsDrawn };
}

module.exports = { makeDrawn };
