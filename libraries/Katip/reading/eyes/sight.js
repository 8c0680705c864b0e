// Where elements are and whether they can be seen: frames, clipping, scrolling, covers; evaluated in the page's isolated world.

/**
 * @typedef {import('./types').Edges} Edges
 * @typedef {import('./types').Clip} Clip
 * @typedef {import('./types').Holder} Holder
 * @typedef {import('./types').Candidate} Candidate
 * @typedef {import('./types').Layer} Layer
 */

/**
 * @param {ReturnType<typeof import('./elements').makeElements>} elementsHere
 * @param {{ takerOf: (hit: any, element: any, target: any, strict: boolean) => string }} press
 */
function makeSight({ IGNORED, faceOf, parentOf, typeOf }, press) {
  // The document of an element of this frame, or of one that holds it.
  const documentOf = (/** @type {any} */ element) => faceOf(element.ownerDocument);

  const LEAST = 0.5; // CSS pixels: what shows less of itself is not seen
  const LEAST_FRAME = 2; // CSS pixels: a smaller frame shows nothing
  const OVERLAP = 1; // CSS pixels that boxes share by rounding alone
  const BAR_LENGTH = 0.7; // of the window's side: a bar reaches along most of an edge
  const BAR_DEPTH = 0.4; // of the window's other side: what is deeper covers the page
  const SCROLLABLE = 20; // CSS pixels: a smaller element is not scrolled by hand

  // ---------------------------------------------------------------------------------------------------------- frame offsets

  // Return the frame's offset in the page, as far as the frames above are of the same origin; null if this frame is hidden.
  function standpoint() {
    /** @type {Holder[]} */
    const holders = [];
    let x = 0;
    let y = 0;
    let reachesTop = true;
    for (let w = /** @type {Window} */ (window); w !== w.parent; w = w.parent) {
      /** @type {any} */
      let holder = null;
      try { holder = w.frameElement; } catch { holder = null; }
      if (!holder) { reachesTop = false; break; }
      const box = holder.getBoundingClientRect();
      if (box.width < LEAST_FRAME || box.height < LEAST_FRAME || !holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return null;
      const style = /** @type {Window} */ (documentOf(holder).defaultView).getComputedStyle(holder);
      x += box.left + holder.clientLeft + (parseFloat(style.paddingLeft) || 0);
      y += box.top + holder.clientTop + (parseFloat(style.paddingTop) || 0);
      holders.push({ holder, x, y });
    }
    return { holders, x: reachesTop ? x : null, y: reachesTop ? y : null };
  }

  // ----------------------------------------------------------------------------------------------------------------- overlays

  // True if enough of a box is left to be seen.
  /** @param {Edges} box */
  const wide = (box) => box.right - box.left > LEAST && box.bottom - box.top > LEAST;
  /** @param {Edges} one @param {Edges} other @returns {Edges} */
  const intersect = (one, other) => ({
    left: Math.max(one.left, other.left), top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom),
  });
  /** @param {Edges} one @param {Edges} other */
  const meets = (one, other) => one.left < other.right - OVERLAP && other.left < one.right - OVERLAP
    && one.top < other.bottom - OVERLAP && other.top < one.bottom - OVERLAP;

  // True if one node is the other or is in it, in a shadow tree too.
  /** @param {any} outer @param {any} inner */
  const contains = (outer, inner) => {
    for (let node = inner; node; node = parentOf(node) || node.host) if (node === outer) return true;
    return false;
  };
  // The element at a point, also inside shadow trees.
  // Text in a slot belongs to what is around the slot: a click on it goes there. `elementFromPoint` names the host instead.
  /** @param {any} host @param {number} x @param {number} y */
  const slotOfText = (host, x, y) => {
    for (const node of host.childNodes) {
      if (node.nodeType !== 3 || !node.assignedSlot) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return node.assignedSlot;
    }
    return null;
  };
  /** @param {any} root @param {number} x @param {number} y */
  const deepestAt = (root, x, y) => {
    let hit = root.elementFromPoint(x, y);
    while (hit && hit.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) return slotOfText(hit, x, y) || hit;
      hit = inner;
    }
    return hit;
  };

  // Only positioned, transformed or z-indexed elements can overlap others, so only these are tested.
  /** @param {CSSStyleDeclaration} style @param {string} transform of that style */
  function isLayer(style, transform) {
    const { position } = style;
    if (position === 'static' && transform === 'none' && style.zIndex === 'auto') return false;
    if (style.pointerEvents === 'none') return false;
    if (position !== 'relative' || style.zIndex !== 'auto' || transform !== 'none') return true;
    return position === 'relative' && ((style.top !== 'auto' && style.top !== '0px') || (style.left !== 'auto' && style.left !== '0px'));
  }

  /** @param {any} view @param {any} element */
  function isLayerIn(view, element) {
    const style = view.getComputedStyle(element);
    return isLayer(style, style.transform);
  }

  // The places of what may lie over a frame, in the document that holds it.
  /** @param {any} holder @returns {Edges[]} */
  function layersOver(holder) {
    const place = holder.getBoundingClientRect();
    const view = documentOf(holder).defaultView;
    return Array.prototype.filter.call(documentOf(holder).querySelectorAll('*'), (element) => {
      if (element === holder || IGNORED.has(element.tagName)) return false;
      return meets(element.getBoundingClientRect(), place) && !element.contains(holder) && isLayerIn(view, element);
    }).map((element) => element.getBoundingClientRect());
  }

  // A bar along an edge (a sticky header, a pinned column) is no obstacle: scrolling brings elements out from under it.
  /** @param {any} cover @param {any} element */
  function isBar(cover, element) {
    const view = documentOf(element).defaultView;
    for (let node = cover; node && typeOf(node) === 1 && !contains(node, element); node = parentOf(node)) {
      const { position } = view.getComputedStyle(node);
      if (position === 'sticky') return true;
      if (position !== 'fixed') continue;
      const box = node.getBoundingClientRect();
      const [across, down] = [box.width / view.innerWidth, box.height / view.innerHeight];
      return (across >= BAR_LENGTH && down <= BAR_DEPTH) || (down >= BAR_LENGTH && across <= BAR_DEPTH);
    }
    return false;
  }

  // The element of this document that would take a click on another one at a point, or null.
  /** @param {any} element @param {number} x @param {number} y */
  function coverHere(element, x, y) {
    const hit = deepestAt(document, x, y);
    if (!hit || contains(element, hit) || contains(hit, element)) return null;
    return press.takerOf(hit, element, element, false) ? hit : null;
  }

  // Mark what something covers at its middle: a layer of the same document, or something over the frame that it is in.
  /** @param {Holder[]} holders @param {Candidate[]} candidates @param {Layer[]} layers */
  function markCovered(holders, candidates, layers) {
    const outside = holders.map(({ holder }) => layersOver(holder));
    const view = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
    for (const candidate of candidates) {
      const shown = intersect(candidate.box, view);
      if (!wide(shown)) continue; // below the fold: scrolling brings it
      const [x, y] = [(shown.left + shown.right) / 2, (shown.top + shown.bottom) / 2];
      if (layers.some((layer) => isOtherLayer(layer, candidate) && meets(layer.box, shown))) markByCover(candidate, x, y);
      holders.forEach(({ holder, x: dx, y: dy }, level) => {
        if (!candidate.record.c && isUnder(holder, outside[level], x + dx, y + dy)) candidate.record.c = 1;
      });
    }
  }

  // True if a layer is neither the candidate, nor around it, nor in it.
  /** @param {Layer} layer @param {Candidate} candidate */
  function isOtherLayer(layer, candidate) {
    return layer.order > candidate.last || layer.last < candidate.order;
  }

  /** @param {Candidate} candidate @param {number} x @param {number} y */
  function markByCover({ record, element }, x, y) {
    const cover = coverHere(element, x, y);
    if (!cover) return;
    if (isBar(cover, element)) record.o = SCROLLED_OUT;
    else record.c = 1;
  }

  // True if something of the document that holds a frame lies over a point of it.
  /** @param {any} holder @param {Edges[]} over @param {number} x @param {number} y */
  function isUnder(holder, over, x, y) {
    if (!over.some((box) => box.left < x && x < box.right && box.top < y && y < box.bottom)) return false;
    const above = deepestAt(documentOf(holder), x, y);
    return Boolean(above) && above !== holder && !contains(above, holder);
  }

  // ----------------------------------------------------------------------------------------------------- clipping and scrolling

  const SHOWN = 0;
  const SCROLLED_OUT = 1; // a person can scroll it into sight
  const CUT_AWAY = 2; // nothing brings it into sight
  const MOVED_OUT = 3; // only the page's script scrolls it (a grid's header follows the body's scroll bar)

  // True if nothing scrolls into sight what a clip hides: it does not scroll that way, or the element lies before its scrolled content.
  /** @param {Clip} clip @param {boolean} hidesX @param {boolean} hidesY @param {Edges} box */
  function isOutOfReach(clip, hidesX, hidesY, box) {
    if ((hidesX && !clip.x) || (hidesY && !clip.y)) return true;
    return box.right <= clip.startX + LEAST || box.bottom <= clip.startY + LEAST;
  }

  // True if only the page's script scrolls into sight what a clip hides.
  /** @param {Clip} clip @param {boolean} hidesX @param {boolean} hidesY */
  function isMovedByScript(clip, hidesX, hidesY) {
    return (hidesX && clip.x === 'script') || (hidesY && clip.y === 'script');
  }

  // Where an element is to a person: one of the four above. Each clip is asked for what those inside it leave of the element.
  /** @param {Edges} box @param {Clip | null} clip */
  function sight(box, clip) {
    let rest = box;
    let result = SHOWN;
    for (let one = clip; one; one = one.up) {
      const cut = intersect(one.box, rest);
      const [hidesX, hidesY] = [cut.right - cut.left <= LEAST, cut.bottom - cut.top <= LEAST];
      if (!hidesX && !hidesY) {
        rest = cut;
        continue;
      }
      if (isOutOfReach(one, hidesX, hidesY, box)) return CUT_AWAY;
      result = isMovedByScript(one, hidesX, hidesY) ? MOVED_OUT : result || SCROLLED_OUT;
      rest = one.box;
    }
    const scrolled = clip && result;
    if (!scrolled && (box.right + window.scrollX <= 0 || box.bottom + window.scrollY <= 0)) return CUT_AWAY;
    return result;
  }

  // The clip that an element is to its contents, and how what it hides can be scrolled into sight.
  /** @param {any} element @param {CSSStyleDeclaration} style @param {DOMRect} box @param {Clip | null} up @returns {Clip} */
  function clipOf(element, style, box, up) {
    const scrollsX = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > SCROLLABLE;
    const scrollsY = element.scrollHeight > element.clientHeight + 1 && element.clientHeight > SCROLLABLE;
    const way = (/** @type {boolean} */ scrolls, /** @type {string} */ overflow) => {
      if (!scrolls || overflow === 'visible' || overflow === 'clip') return '';
      return overflow === 'hidden' ? 'script' : 'hand';
    };
    return {
      box, up, x: way(scrollsX, style.overflowX), y: way(scrollsY, style.overflowY),
      startX: box.left - element.scrollLeft, startY: box.top - element.scrollTop,
    };
  }

  /** @param {Edges & { width: number, height: number }} box */
  const round = (box) => [Math.round(box.left * 10) / 10, Math.round(box.top * 10) / 10, Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10];

  return { CUT_AWAY, clipOf, contains, deepestAt, documentOf, intersect, isBar, isLayer, markCovered, round, sight, standpoint, wide };
}

module.exports = { makeSight };
