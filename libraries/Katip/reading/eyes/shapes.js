// What remains visible of an element's box under its own clipping styles; evaluated in the page's isolated world.

/** @typedef {import('./types').Edges} Edges */

function makeShapes() {
  const NOTHING = { left: 0, top: 0, right: 0, bottom: 0 };
  const listOf = (/** @type {string} */ text) => text.split(/[\s,]+/).filter(Boolean);

  // A length of a shape in CSS pixels, also a percentage of the box's side; null where it is neither.
  /** @param {string} text @param {number} side */
  function length(text, side) {
    const found = /^(-?[\d.]+)(px|%)?$/.exec(text);
    if (!found) return null;
    return found[2] === '%' ? (Number(found[1]) * side) / 100 : Number(found[1]);
  }

  // `inset(…)`: the distances from the sides, as of a margin; rounded corners do not count.
  /** @param {string} words @param {DOMRect} box @returns {Edges | null} */
  function insetBox(words, box) {
    const [top, right = top, bottom = top, left = right] = listOf(words.split(' round ')[0]);
    const sides = /** @type {number[]} */ ([length(left, box.width), length(top, box.height), length(right, box.width), length(bottom, box.height)]);
    if (sides.some((side) => side === null)) return null;
    return { left: box.left + sides[0], top: box.top + sides[1], right: box.right - sides[2], bottom: box.bottom - sides[3] };
  }

  // `polygon(…)`: the box around its points.
  /** @param {string} words @param {DOMRect} box @returns {Edges | null} */
  function polygonBox(words, box) {
    const points = words.replace(/^\s*(nonzero|evenodd)\s*,/, '').split(',').map((point) => {
      const [x, y] = listOf(point);
      return [length(x, box.width), length(y, box.height)];
    });
    if (points.flat().includes(null)) return null;
    const [across, down] = /** @type {number[][]} */ ([points.map((point) => point[0]), points.map((point) => point[1])]);
    return { left: box.left + Math.min(...across), top: box.top + Math.min(...down), right: box.left + Math.max(...across), bottom: box.top + Math.max(...down) };
  }

  // `clip: rect(top, right, bottom, left)`, which only what is placed absolutely obeys.
  /** @param {CSSStyleDeclaration} style @param {DOMRect} box @returns {Edges | null} */
  function oldClip(style, box) {
    const found = /^rect\((.*)\)$/.exec(style.clip);
    if (!found || (style.position !== 'absolute' && style.position !== 'fixed')) return null;
    const [top, right, bottom, left] = listOf(found[1]).map((side) => length(side, 0));
    return {
      left: box.left + (left || 0), top: box.top + (top || 0),
      right: right === null ? box.right : box.left + right, bottom: bottom === null ? box.bottom : box.top + bottom,
    };
  }

  // The part of the box that `clip-path` or `clip` leaves, null where all of it is left or the shape is not known.
  /** @param {CSSStyleDeclaration} style @param {DOMRect} box @returns {Edges | null} */
  function shownPart(style, box) {
    const found = /^(inset|polygon|circle|ellipse)\((.*)\)/.exec(style.clipPath);
    if (!found) return oldClip(style, box);
    const [, shape, words] = found;
    if (shape === 'inset') return insetBox(words, box);
    if (shape === 'polygon') return polygonBox(words, box);
    return /^0(?:px|%)?(?:\s|$)/.test(words) ? NOTHING : null;
  }

  // How opaque an element's own style draws it, from 0 to 1.
  /** @param {CSSStyleDeclaration} style */
  function opacityOf(style) {
    const { filter } = style;
    if (filter === 'none') return parseFloat(style.opacity) || 0;
    const found = /(?:^|\s)opacity\(([\d.]+)(%?)\)/.exec(filter);
    const filtered = found ? Number(found[1]) / (found[2] ? 100 : 1) : 1;
    return (parseFloat(style.opacity) || 0) * Math.min(filtered, 1);
  }

  return { shownPart, opacityOf };
}

module.exports = { makeShapes };
