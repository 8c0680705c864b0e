// Whether what is about to be pressed still reads as a look has read it, and whether anything is drawn over it. Evaluated in the page's isolated world.

function makeSeen({ wordsIn }, { contains }) {
  const OPAQUE = 0.5;
  const DRAWN = new Set(['IMG', 'IFRAME', 'FRAME', 'VIDEO', 'CANVAS', 'OBJECT', 'EMBED']);
  const TYPED = new Set(['INPUT', 'TEXTAREA']);
  const range = document.createRange();

  // The words of an element in a look: its own and those inside it, which follow it in the list.
  function wordsSeen({ nodes }, index) {
    const words = [];
    for (let at = index; at < nodes.length && (at === index || nodes[at].p >= index); at += 1) if (nodes[at].x !== undefined) words.push(nodes[at].x.trim());
    return words.join(' ');
  }

  // What a thing reads now, if that is not what the look has read; null where it is the same.
  function difference(seen, index) {
    const [record, node, state] = [seen.nodes[index], seen.elements[index], seen.states[index]];
    if (!node.isConnected) return '';
    if (node.nodeType === 3) return node.nodeValue === state ? null : node.nodeValue;
    if (TYPED.has(node.tagName) && record.v !== undefined) return node.value === record.v ? null : node.value;
    if (!state) return null;
    const now = wordsIn(node, state);
    return now === wordsSeen(seen, index) ? null : now;
  }

  const alphaOf = (colour) => {
    const found = /^rgba?\((?:[\d.]+, ){2}[\d.]+(?:, ([\d.]+))?\)$/.exec(colour);
    return found && found[1] !== undefined ? Number(found[1]) : 1;
  };
  const covers = (style) => parseFloat(style.opacity) * alphaOf(style.backgroundColor) >= OPAQUE;

  function hasWordsAt(element, x, y) {
    return Array.prototype.some.call(element.childNodes, (child) => {
      if (child.nodeType !== 3 || !child.nodeValue.trim()) return false;
      range.selectNodeContents(child);
      return Array.prototype.some.call(range.getClientRects(), (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
    });
  }

  const drawsBeside = (element) => ['::before', '::after'].some((which) => {
    const style = window.getComputedStyle(element, which);
    return style.content !== 'none' && style.content !== 'normal' && (style.position === 'absolute' || style.position === 'fixed') && covers(style);
  });

  function isDrawnOver(one, element, x, y) {
    if (contains(one, element)) return drawsBeside(one); // it is in front of what is inside it only by what its style draws
    const style = window.getComputedStyle(one);
    if (parseFloat(style.opacity) < OPAQUE) return false;
    return DRAWN.has(one.tagName) || covers(style) || hasWordsAt(one, x, y) || drawsBeside(one);
  }

  // What a person sees at a point in place of the element, also where it lets the pointer through; null where it is the element.
  function drawnOver(element, x, y) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, *::before, *::after { pointer-events: auto !important }');
    /** @type {any[]} */
    const roots = [document];
    for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) roots.push(root);
    for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    const stack = document.elementsFromPoint(x, y);
    for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    const end = stack.findIndex((one) => contains(element, one) || one.shadowRoot && contains(one, element));
    return stack.slice(0, Math.max(end, 0)).find((one) => isDrawnOver(one, element, x, y)) || null;
  }

  return { difference, drawnOver };
}

module.exports = { makeSeen };
