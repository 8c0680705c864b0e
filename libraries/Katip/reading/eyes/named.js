// Whether a control without words that are read shows what it does: a person sees no name that is there for screen readers only. Evaluated in
// the page's isolated world.

/**
 * @param {ReturnType<typeof import('./drawn').makeDrawn>} drawnHere
 * @param {ReturnType<typeof import('./elements').makeElements>} elementsHere
 */
function makeNamed({ LEAST_OPACITY, channels }, { isIconFont, typeOf }) {
  const ICON = 64; // CSS pixels: the largest icon that is a control
  const SIGN = 40; // CSS pixels: the widest sign in a control
  const LEAST_CONTRAST = 16;
  const DRAWN = new Set(['IMG', 'CANVAS', 'SVG', 'VIDEO', 'OBJECT', 'EMBED', 'IFRAME']);
  const PICTURE = /url\(|image-set\(|element\(|paint\(/;
  const WORDS_BY_VALUE = new Set(['submit', 'button', 'reset']);
  const NOBODY_SEES = 'unsaid';

  // Words that a field draws itself.
  /** @param {CSSStyleDeclaration} style */
  function isValueHidden(style) {
    const [letters, ground] = [channels(style.webkitTextFillColor), channels(style.backgroundColor)];
    if (parseFloat(style.fontSize) < 4 || Math.abs(parseFloat(style.textIndent)) > 20 || PICTURE.test(style.backgroundImage)) return true;
    if (!letters) return false;
    if (letters[3] < LEAST_OPACITY) return true;
    return ground !== null && ground[3] === 1 && [0, 1, 2].every((one) => Math.abs(letters[one] - ground[one]) < LEAST_CONTRAST);
  }

  const drawsGlyph = (/** @type {Element} */ element) => ['::before', '::after'].some((which) => /"[^"]/.test(window.getComputedStyle(element, which).content));

  // The widths of what is drawn in a control.
  /** @param {Element} element @returns {number[]} */
  function widthsIn(element) {
    return [element, ...element.querySelectorAll('*')].flatMap((one) => {
      if (one.closest('svg *') || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
      const [style, { width }] = [window.getComputedStyle(one), one.getBoundingClientRect()];
      const isDrawn = DRAWN.has(one.tagName.toUpperCase()) || PICTURE.test(style.backgroundImage) || PICTURE.test(style.maskImage);
      if (isDrawn) return [width];
      const isSign = drawsGlyph(one) || (isIconFont(style) && one.textContent.trim());
      return isSign ? [0] : [];
    });
  }

  // Why nobody sees what a control is called, as `doubts.py` knows it; empty where its words are read, or it is a sign.
  /** @param {any} node @param {any} element */
  function unsaid(node, element) {
    if (typeOf(node) === 3) return '';
    if (element.tagName === 'INPUT' && WORDS_BY_VALUE.has(element.type)) return isValueHidden(window.getComputedStyle(element)) ? NOBODY_SEES : '';
    const box = element.getBoundingClientRect();
    if (box.width <= ICON && box.height <= ICON) return '';
    const widths = widthsIn(element);
    return widths.length && widths.every((width) => width <= SIGN) ? '' : NOBODY_SEES;
  }

  return { unsaid };
}

module.exports = { makeNamed };
