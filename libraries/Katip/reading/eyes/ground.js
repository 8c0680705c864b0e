// Which colour is behind an element's words, as far as its styles tell; evaluated in the page's isolated world.
//
// Asked for only where a portal's file tells whose turn it is by a colour. Whatever styles alone do not settle (a picture, a filter, a
// blend, a layer drawn by ::before or ::after) makes the colour unknown.

/** @typedef {import('./types').Ground} Ground */

function makeGround() {
  const WHITE = [255, 255, 255]; // the canvas of a page that paints nothing
  const LARGEST_SAMPLE = 48; // px: the widest coloured box of a legend
  const WHOLE_ROW = 20; // px: an inset shadow spread so far fills a cell, as style sheets of tables tint cells
  const known = new Map(); // CSS colour -> its channels
  /** @type {OffscreenCanvasRenderingContext2D | null} */
  let canvas = null;

  // Red, green, blue from 0 to 255 and alpha from 0 to 1 of a computed colour in any notation.
  /** @param {string} colour @returns {number[]} */
  function channelsOf(colour) {
    let channels = known.get(colour);
    if (channels) return channels;
    const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(colour);
    if (plain) channels = [Number(plain[1]), Number(plain[2]), Number(plain[3]), plain[4] === undefined ? 1 : Number(plain[4])];
    else {
      canvas = canvas || /** @type {any} */ (new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true }));
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas);
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      channels = [red, green, blue, alpha / 255];
    }
    known.set(colour, channels);
    return channels;
  }

  /** @param {number[] | null} below @param {number[]} above @param {number} opacity @returns {number[] | null} */
  function painted(below, [red, green, blue, alpha], opacity) {
    const share = alpha * opacity;
    if (share >= 0.999) return [red, green, blue];
    if (share <= 0.001 || below === null) return below;
    return [red, green, blue].map((channel, which) => channel * share + below[which] * (1 - share));
  }

  // The colour of an inset shadow that fills the whole element, or null.
  /** @param {CSSStyleDeclaration} style */
  function fillingShadow(style) {
    if (!style.boxShadow.includes('inset')) return null;
    const found = /^(.+\)) 0px 0px 0px ([\d.]+)px inset$/.exec(style.boxShadow);
    return found && Number(found[2]) >= WHOLE_ROW ? channelsOf(found[1]) : null;
  }

  /** @param {any} element */
  function hasDrawnLayer(element) {
    return ['::before', '::after'].some((which) => {
      const style = window.getComputedStyle(element, which);
      if (style.content === 'none' || style.content === 'normal') return false;
      const lifted = style.position === 'absolute' || style.position === 'fixed';
      return lifted && (channelsOf(style.backgroundColor)[3] > 0 || style.backgroundImage !== 'none' || style.boxShadow !== 'none');
    });
  }

  /** @param {CSSStyleDeclaration} style */
  const isDistorted = (style) => (style.filter !== 'none' && !/^opacity\([^)]*\)$/.test(style.filter))
    || style.mixBlendMode !== 'normal' || style.backdropFilter !== 'none' || style.maskImage !== 'none';

  // What is behind the words of an element, given what is behind the element itself.
  /** @param {any} element @param {CSSStyleDeclaration} style @param {number} opacity @param {Ground} around @returns {Ground} */
  function groundOf(element, style, opacity, around) {
    const distorted = around.distorted || isDistorted(style);
    let colour = painted(around.colour, channelsOf(style.backgroundColor), opacity);
    const shadow = fillingShadow(style);
    if (shadow) colour = painted(colour, shadow, opacity);
    if (distorted || style.backgroundImage !== 'none' || hasDrawnLayer(element)) colour = null;
    return { colour, distorted };
  }

  // True for a small empty box with a colour of its own, as legends have before their words.
  /** @param {any} element @param {CSSStyleDeclaration} style @param {DOMRect} box @returns {boolean} */
  const isSample = (element, style, box) => !element.childNodes.length && box.width > 0 && box.height > 0 && box.width <= LARGEST_SAMPLE
    && box.height <= LARGEST_SAMPLE && channelsOf(style.backgroundColor)[3] > 0;

  const hex = (/** @type {number} */ channel) => Math.round(channel).toString(16).padStart(2, '0');

  // "d4f5dc", or "?" where styles do not tell.
  /** @param {Ground} ground */
  const written = ({ colour }) => (colour === null ? '?' : colour.map(hex).join(''));

  return { groundOf, isSample, written, bottom: { colour: WHITE, distorted: false } };
}

module.exports = { makeGround };
