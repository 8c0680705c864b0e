// Whether a font of the page draws letters as what they are: one that draws other letters in their place is known by their shapes. Evaluated
// in the page's isolated world.

/** @typedef {{ pixels: Float32Array, ratio: number }} Shape */
/** @typedef {OffscreenCanvasRenderingContext2D} Pen */

function makeLetters() {
  const SIDE = 24; // pixels of a shape
  const SIZE = 48; // pixels of a letter from which a shape is made
  const KNOWN = ['sans-serif', 'serif', 'monospace']; // no page's font takes the place of these
  const LETTERS = Array.from('ABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZabcçdefgğhıijklmnoöpqrsştuüvwxyz0123456789');
  const ALIKE = ['iı1l|j', 'oö0qü', 'sş5', 'z2', 'b86', 'g9ğq', 'cçe', 'uüvy', 'rı', 'nh', 'kx']; // shapes that designs hardly tell apart, small and great
  const OTHER = 0.06; // by how much more a shape is like another letter than like its own
  const HARDLY = 0.02; // no difference
  const LEAST = 0.8; // likeness of a letter that can be told
  const WHOLE = 0.55; // least likeness of a word to its letters, each drawn by itself
  /** @type {Map<string, Shape | null>} */
  const shapes = new Map();
  /** @type {Pen | null} */
  let brush = null;

  const plain = (/** @type {string} */ letter) => letter.toLocaleLowerCase('tr');
  const isClose = (/** @type {string} */ one, /** @type {string} */ other) => {
    const [a, b] = [plain(one), plain(other)];
    return a === b || ALIKE.some((group) => group.includes(a) && group.includes(b));
  };

  /** @param {string} font @returns {Pen} */
  function penFor(font) {
    const pen = brush || /** @type {Pen} */ (new OffscreenCanvas(SIZE * 3, SIZE * 2).getContext('2d', { willReadFrequently: true }));
    brush = pen;
    pen.font = font;
    return pen;
  }

  /** @param {Pen} pen @param {number} width @param {number} height @param {() => void} draw */
  function alphaOf(pen, width, height, draw) {
    const { canvas, font } = pen;
    if (canvas.width < width || canvas.height < height) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
      pen.font = font;
    }
    pen.clearRect(0, 0, width, height);
    draw();
    const { data } = pen.getImageData(0, 0, width, height);
    const alpha = new Uint8Array(width * height);
    for (let at = 0; at < alpha.length; at += 1) alpha[at] = data[4 * at + 3];
    return alpha;
  }

  // The letter alone, cut out and brought to one size, with how wide it is by its height; null where nothing is drawn.
  /** @param {string} letter @param {string} font @returns {Shape | null} */
  function shapeOf(letter, font) {
    const key = `${font} ${letter}`;
    if (!shapes.has(key)) shapes.set(key, shaped(letter, font));
    return shapes.get(key) || null;
  }

  /** @param {string} letter @param {string} font @returns {Shape | null} */
  function shaped(letter, font) {
    const pen = penFor(font);
    const [width, height] = [SIZE * 3, SIZE * 2];
    const alpha = alphaOf(pen, width, height, () => pen.fillText(letter, SIZE, SIZE * 1.5));
    let [left, right, top, bottom] = [width, -1, height, -1];
    for (let y = 0, at = 0; y < height; y += 1) for (let x = 0; x < width; x += 1, at += 1) {
      if (alpha[at] < 96) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    if (right < 0) return null;
    const [wide, high] = [right - left + 1, bottom - top + 1];
    const pixels = new Float32Array(SIDE * SIDE);
    for (let y = 0; y < SIDE; y += 1) for (let x = 0; x < SIDE; x += 1) pixels[y * SIDE + x] = alpha[(top + Math.floor((y + 0.5) * high / SIDE)) * width + left + Math.floor((x + 0.5) * wide / SIDE)];
    return { pixels: softened(pixels), ratio: wide / high };
  }

  // Each pixel with those around it: a stroke that is a little elsewhere is still like the other one.
  /** @param {Float32Array} pixels */
  function softened(pixels) {
    const soft = new Float32Array(pixels.length);
    for (let y = 0; y < SIDE; y += 1) for (let x = 0; x < SIDE; x += 1) {
      let [sum, count] = [0, 0];
      for (let dy = -1; dy <= 1; dy += 1) for (let dx = -1; dx <= 1; dx += 1) {
        if (x + dx < 0 || y + dy < 0 || x + dx >= SIDE || y + dy >= SIDE) continue;
        sum += pixels[(y + dy) * SIDE + x + dx];
        count += 1;
      }
      soft[y * SIDE + x] = sum / count;
    }
    return soft;
  }

  /** @param {Float32Array | Uint8Array} one @param {Float32Array | Uint8Array} other */
  function correlation(one, other) {
    let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
    for (let at = 0; at < one.length; at += 1) {
      a += one[at];
      b += other[at];
      aa += one[at] * one[at];
      bb += other[at] * other[at];
      ab += one[at] * other[at];
    }
    const count = one.length;
    const [varA, varB] = [aa - a * a / count, bb - b * b / count];
    return varA > 0 && varB > 0 ? (ab - a * b / count) / Math.sqrt(varA * varB) : Number(varA === varB);
  }

  /** @param {Shape | null} shape @param {Shape | null} other */
  function likeness(shape, other) {
    if (!shape || !other) return 0;
    const stretch = Math.abs(Math.log(shape.ratio / other.ratio));
    return correlation(shape.pixels, other.pixels) - 0.2 * Math.max(0, stretch - 0.4);
  }

  // How much a shape is like a letter of the plain fonts.
  const alike = (/** @type {Shape | null} */ shape, /** @type {string} */ letter, /** @type {string} */ head) => Math.max(...KNOWN.map((name) => likeness(shape, shapeOf(letter, `${head} ${name}`))));

  // Whether a font draws a letter more like another one, and as much like that as it draws the other one itself.
  /** @param {string} letter @param {string} head @param {string} families */
  function isAnother(letter, head, families) {
    if (!LETTERS.includes(letter)) return false;
    const own = (/** @type {string} */ one) => shapeOf(one, `${head} ${families}`);
    const shape = own(letter);
    if (!shape) return true;
    const least = Math.max(LEAST, alike(shape, letter, head) + OTHER);
    if (least >= 1) return false;
    return LETTERS.some((other) => {
      if (isClose(letter, other)) return false;
      const like = alike(shape, other, head);
      return like > least && like > alike(own(other), other, head) - HARDLY;
    });
  }

  // Whether a font draws a word otherwise than its letters one by one.
  /** @param {string} word @param {string} font */
  function isJoined(word, font) {
    const pen = penFor(font);
    const width = Math.ceil(pen.measureText(word).width) + SIZE;
    const whole = alphaOf(pen, width, SIZE * 2, () => pen.fillText(word, SIZE / 2, SIZE * 1.5));
    const apart = alphaOf(pen, width, SIZE * 2, () => {
      let text = '';
      for (const letter of word) {
        text += letter;
        pen.fillText(letter, SIZE / 2 + pen.measureText(text).width - pen.measureText(letter).width, SIZE * 1.5);
      }
    });
    return correlation(whole, apart) < WHOLE;
  }

  const namesOf = (/** @type {string} */ families) => families.split(',').map((name) => name.trim().replace(/["']/g, ''));

  // The families that the page itself brings.
  const ownFamilies = () => new Set(Array.from(document.fonts, (/** @type {FontFace} */ { family }) => family.replace(/["']/g, '')));

  // Why a text may be drawn otherwise by a font that the page brings; empty where nothing says so. words: the text as its style changes it.
  /** @param {string} words @param {CSSStyleDeclaration} style @param {Set<string>} own */
  function doubtOfFont(words, style, own) {
    if (!own.size || !namesOf(style.fontFamily).some((name) => own.has(name))) return '';
    if (!document.fonts.check(`${style.fontStyle} ${style.fontWeight} ${SIZE}px ${style.fontFamily}`, words)) return 'loading'; // until then another font may be seen
    return isDisguised(words, style) ? 'font' : '';
  }

  // Whether any letter of a text is drawn as another one.
  /** @param {string} words @param {CSSStyleDeclaration} style */
  function isDisguised(words, style) {
    const head = `${style.fontStyle} ${style.fontWeight} ${SIZE}px`;
    const isOdd = Array.from(new Set(words)).some((letter) => isAnother(letter, head, style.fontFamily));
    return isOdd || words.split(/\s+/).some((word) => word.length > 1 && word.length < 40 && isJoined(word, `${head} ${style.fontFamily}`));
  }

  return { doubtOfFont, isAnother, ownFamilies };
}

module.exports = { makeLetters };
