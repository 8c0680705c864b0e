// Whether what is about to be pressed still reads as a look has read it, and whether anything is drawn over it. Evaluated in the page's isolated world.

/**
 * @typedef {import('./types').AnyElement} AnyElement
 * @typedef {import('./types').NodeRecord} NodeRecord
 * @typedef {import('./types').WalkState} WalkState
 * @typedef {{ nodes: NodeRecord[], elements: AnyElement[], states: (WalkState | string | null)[] }} Look
 */

/**
 * @param {{ wordsIn: (element: AnyElement, state: WalkState) => string }} collectHere
 * @param {ReturnType<typeof import('./sight').makeSight>} sightHere
 * @param {ReturnType<typeof import('./elements').makeElements>} elementsHere
 */
function makeSeen({ wordsIn }, { contains }, { faceOfAny, parentOf, typeOf }) {
  const OPAQUE = 0.5;
  const DRAWN = new Set(['IMG', 'IFRAME', 'FRAME', 'VIDEO', 'CANVAS', 'OBJECT', 'EMBED']);
  const TYPED = new Set(['INPUT', 'TEXTAREA']);
  const AROUND_X = ['paddingLeft', 'paddingRight', 'borderLeftWidth', 'borderRightWidth'];
  const AROUND_Y = ['paddingTop', 'paddingBottom', 'borderTopWidth', 'borderBottomWidth'];
  const range = document.createRange();

  // What a look has listed of an element: itself and what is inside it, which follows it in the list.
  /** @param {Look} seen @param {number} index */
  function recordsOf({ nodes }, index) {
    const found = [];
    for (let at = index; at < nodes.length && (at === index || nodes[at].p >= index); at += 1) found.push(nodes[at]);
    return found;
  }

  /** @param {Look} seen @param {number} index */
  const wordsSeen = (seen, index) => recordsOf(seen, index).flatMap(({ x }) => (x === undefined ? [] : [x.trim()])).join(' ');

  // Whether a look has read anything in an element: words, or a picture that has words of its own.
  /** @param {Look} seen @param {number} index */
  const says = (seen, index) => recordsOf(seen, index).some((record) => (record.x || '').trim() || (record.alt && record.t !== 'svg'));

  // What a thing reads now, if that is not what the look has read; null where it is the same.
  /** @param {Look} seen @param {number} index */
  function difference(seen, index) {
    const [record, node, state] = [seen.nodes[index], seen.elements[index], seen.states[index]];
    if (!node.isConnected) return '';
    if (node.nodeType === 3) return node.nodeValue === state ? null : node.nodeValue;
    if (TYPED.has(node.tagName) && record.v !== undefined) return node.value === record.v ? null : node.value;
    if (!state) return null;
    const now = wordsIn(node, /** @type {WalkState} */ (state));
    return now === wordsSeen(seen, index) ? null : now;
  }

  const alphaOf = (/** @type {string} */ colour) => {
    const found = /^rgba?\((?:[\d.]+, ){2}[\d.]+(?:, ([\d.]+))?\)$/.exec(colour);
    return found && found[1] !== undefined ? Number(found[1]) : 1;
  };
  const covers = (/** @type {CSSStyleDeclaration} */ style) => parseFloat(style.opacity) * alphaOf(style.backgroundColor) >= OPAQUE;

  /** @param {AnyElement} element @param {number} x @param {number} y */
  function hasWordsAt(element, x, y) {
    return Array.prototype.some.call(element.childNodes, (child) => {
      if (child.nodeType !== 3 || !child.nodeValue.trim()) return false;
      range.selectNodeContents(child);
      return Array.prototype.some.call(range.getClientRects(), (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
    });
  }

  // The box to whose edges what is placed absolutely in an element is placed.
  /** @param {AnyElement} element @param {boolean} isFixed */
  function placedIn(element, isFixed) {
    for (let one = isFixed ? null : element; one && typeOf(one) === 1 && one !== document.documentElement; one = parentOf(one)) {
      const style = window.getComputedStyle(one);
      if (style.position === 'static' && style.transform === 'none') continue;
      const face = faceOfAny(one);
      const box = face.getBoundingClientRect();
      return { left: box.left + face.clientLeft, top: box.top + face.clientTop };
    }
    return isFixed ? { left: 0, top: 0 } : { left: -window.scrollX, top: -window.scrollY };
  }

  // Whether a style draws something of its own in front of the contents of its element.
  /** @param {CSSStyleDeclaration} style */
  function drawsInFront(style) {
    if (style.content === 'none' || style.content === 'normal' || !covers(style)) return false;
    return (style.position === 'absolute' || style.position === 'fixed') && !(Number(style.zIndex) < 0) && style.visibility === 'visible';
  }

  /** @param {CSSStyleDeclaration} style @param {string[]} names */
  const lengthOf = (style, names) => names.reduce((sum, name) => sum + (parseFloat(/** @type {any} */ (style)[name]) || 0), 0);

  // The box, borders included, of what a style draws.
  /** @param {AnyElement} element @param {CSSStyleDeclaration} style */
  function boxDrawn(element, style) {
    const from = placedIn(element, style.position === 'fixed');
    const [left, top] = [from.left + lengthOf(style, ['left', 'marginLeft']), from.top + lengthOf(style, ['top', 'marginTop'])];
    const around = style.boxSizing === 'border-box' ? [[], []] : [AROUND_X, AROUND_Y];
    return { left, top, right: left + lengthOf(style, ['width', ...around[0]]), bottom: top + lengthOf(style, ['height', ...around[1]]) };
  }

  // Whether what an element's style draws beside its contents covers a point.
  /** @param {AnyElement} element @param {number} x @param {number} y */
  const drawsOver = (element, x, y) => ['::before', '::after'].some((which) => {
    const style = window.getComputedStyle(element, which);
    if (!drawsInFront(style)) return false;
    const box = boxDrawn(element, style);
    return style.transform !== 'none' || (box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
  });

  // Whether a point is in the frame that an element's style draws around it.
  /** @param {CSSStyleDeclaration} style @param {DOMRect} box @param {number} x @param {number} y */
  function isInBorder(style, box, x, y) {
    const drawn = /** @type {any} */ (style);
    /** @type {[string, number][]} */
    const sides = [['Left', x - box.left], ['Right', box.right - x], ['Top', y - box.top], ['Bottom', box.bottom - y]];
    return sides.some(([side, away]) => away >= 0 && away < parseFloat(drawn[`border${side}Width`]) && alphaOf(drawn[`border${side}Color`]) >= OPAQUE);
  }

  // A picture behind nothing else; one that is as large as the window is a mark on the page.
  /** @param {CSSStyleDeclaration} style @param {DOMRect} box */
  const hasPicture = (style, box) => /url\(|image-set\(/.test(style.backgroundImage) && (box.width < 0.8 * window.innerWidth || box.height < 0.8 * window.innerHeight);

  /** @param {AnyElement} one @param {AnyElement} element @param {number} x @param {number} y */
  function isDrawnOver(one, element, x, y) {
    if (contains(one, element)) return drawsOver(one, x, y); // it is in front of what is inside it only by what its style draws
    const style = window.getComputedStyle(one);
    if (parseFloat(style.opacity) < OPAQUE) return false;
    if (DRAWN.has(faceOfAny(one).tagName) || covers(style) || one instanceof SVGGeometryElement) return true;
    const box = faceOfAny(one).getBoundingClientRect();
    return hasPicture(style, box) || isInBorder(style, box, x, y) || hasWordsAt(faceOfAny(one), x, y) || drawsOver(one, x, y);
  }

  /** @param {AnyElement} element */
  function rootsOf(element) {
    const roots = [];
    for (let root = faceOfAny(element).getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) roots.push(root);
    return roots;
  }

  // All that is at each place, the topmost first, also what lets the pointer through.
  /** @param {number[][]} places @param {AnyElement[]} elements */
  function stacksAt(places, elements) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, *::before, *::after { pointer-events: auto !important }');
    /** @type {any[]} */
    const roots = [document, ...new Set(elements.flatMap(rootsOf))];
    for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    try {
      return places.map(([x, y]) => document.elementsFromPoint(x, y));
    } finally {
      for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((/** @type {CSSStyleSheet} */ other) => other !== sheet);
    }
  }

  // What a person sees at a point in place of the element, or of the words that are its own; null where it is these.
  /** @param {AnyElement[]} stack @param {AnyElement} element @param {number} x @param {number} y @param {boolean} ownWords */
  function overIn(stack, element, x, y, ownWords) {
    /** @param {AnyElement} one */
    const isReached = (one) => (ownWords ? one === element : contains(element, one)) || (one.shadowRoot && contains(one, element));
    const end = stack.findIndex(isReached);
    return stack.slice(0, end < 0 ? 0 : end + (ownWords ? 1 : 0)).find((one) => isDrawnOver(one, element, x, y)) || null;
  }

  /** @param {AnyElement} element @param {number} x @param {number} y */
  const drawnOver = (element, x, y) => overIn(stacksAt([[x, y]], [element])[0], element, x, y, false);

  return { difference, drawnOver, overIn, says, stacksAt };
}

module.exports = { makeSeen };
