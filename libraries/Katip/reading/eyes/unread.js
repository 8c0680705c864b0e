// What is drawn in a part of a page without any text that can be read: pictures, drawings, embedded documents. Evaluated in the page's
// isolated world.

/**
 * @typedef {import('./types').AnyElement} AnyElement
 * @typedef {import('./types').Edges} Edges
 */

/** @param {ReturnType<typeof import('./elements').makeElements>} elementsHere @param {ReturnType<typeof import('./sight').makeSight>} sightHere */
function makeUnread({ faceOfAny }, { intersect, wide }) {
  const DRAWN = new Set(['IMG', 'CANVAS', 'VIDEO', 'OBJECT', 'EMBED', 'IFRAME', 'FRAME', 'FENCEDFRAME', 'PORTAL']);
  const PICTURE = /url\(|image-set\(|element\(|paint\(/;

  /** @type {(root: ParentNode) => AnyElement[]} */
  const elementsIn = (root) => Array.from(root.querySelectorAll('*')).flatMap((element) => [element, ...(element.shadowRoot ? elementsIn(element.shadowRoot) : [])]);
  const saysNothing = (/** @type {AnyElement} */ element) => !(element.textContent || '').trim();
  const plain = (/** @type {Edges} */ box) => [box.left, box.top, box.right - box.left, box.bottom - box.top];

  // What an element draws itself: its kind, or an empty text.
  /** @param {AnyElement} element @param {CSSStyleDeclaration} style */
  function kindOf(element, style) {
    const tag = element.tagName.toUpperCase();
    if (DRAWN.has(tag) || (tag === 'INPUT' && element.type === 'image')) return tag.toLowerCase();
    if (tag === 'TEXTAREA') return element.value ? 'textarea' : '';
    if (tag === 'SVG') return element.querySelector('text, foreignObject') ? '' : 'svg';
    if (PICTURE.test(style.content)) return 'picture of a style';
    return PICTURE.test(style.backgroundImage) && saysNothing(element) ? 'picture of a style' : '';
  }

  // Pictures that a style draws before or after what is in an element, where their size is known.
  /** @param {AnyElement} element @param {Edges} box */
  function besideOf(element, box) {
    return ['::before', '::after'].flatMap((which) => {
      const style = window.getComputedStyle(element, which);
      if (style.content === 'none' || style.content === 'normal' || !PICTURE.test(`${style.content} ${style.backgroundImage}`)) return [];
      const [width, height] = [parseFloat(style.width) || 0, parseFloat(style.height) || 0];
      const top = which === '::before' ? box.top : Math.max(box.top, box.bottom - height);
      return [{ kind: 'picture of a style', box: { left: box.left, top, right: box.left + width, bottom: top + height } }];
    });
  }

  // region: left, top, right and bottom in the window of this frame. The boxes are in the same coordinates.
  /** @param {number[]} area */
  function unreadIn([left, top, right, bottom]) {
    const region = { left, top, right, bottom };
    return elementsIn(document).flatMap((any) => {
      const element = faceOfAny(any);
      const box = element.getBoundingClientRect();
      if (!wide(intersect(box, region)) || element.closest('svg *')) return [];
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return [];
      const style = window.getComputedStyle(any);
      const kind = kindOf(element, style);
      return [...(kind ? [{ kind, box }] : []), ...besideOf(any, box)];
    }).map(({ kind, box }) => ({ kind, b: plain(box) }));
  }

  return { unreadIn };
}

module.exports = { makeUnread };
