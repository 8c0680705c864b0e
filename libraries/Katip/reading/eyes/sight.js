// Where elements are and whether they can be seen: frames, clipping, scrolling, covers; evaluated in the page's isolated world.

function makeSight({ IGNORED, parentOf, typeOf }, press) {
  // ---------------------------------------------------------------------------------------------------------- frame offsets

  // Return the frame's offset in the page, as far as the frames above are of the same origin; null if this frame is hidden.
  function standpoint() {
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
      if (box.width < 2 || box.height < 2 || !holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return null;
      const style = /** @type {Window} */ (holder.ownerDocument.defaultView).getComputedStyle(holder);
      x += box.left + holder.clientLeft + (parseFloat(style.paddingLeft) || 0);
      y += box.top + holder.clientTop + (parseFloat(style.paddingTop) || 0);
      holders.push({ holder, x, y });
    }
    return { holders, x: reachesTop ? x : null, y: reachesTop ? y : null };
  }

  // ----------------------------------------------------------------------------------------------------------------- overlays

  const wide = (box) => box.right - box.left > 0.5 && box.bottom - box.top > 0.5;
  const intersect = (one, other) => ({
    left: Math.max(one.left, other.left), top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom),
  });
  const meets = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1;

  const contains = (outer, inner) => {
    for (let node = inner; node; node = parentOf(node) || node.host) if (node === outer) return true;
    return false;
  };
  const deepestAt = (root, x, y) => {
    let hit = root.elementFromPoint(x, y);
    while (hit && hit.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    return hit;
  };

  // Only positioned, transformed or z-indexed elements can overlap others, so only these are tested.
  function isLayer(style, transform) {
    const { position } = style;
    if (position === 'static' && transform === 'none' && style.zIndex === 'auto') return false;
    if (style.pointerEvents === 'none') return false;
    if (position !== 'relative' || style.zIndex !== 'auto' || transform !== 'none') return true;
    return position === 'relative' && ((style.top !== 'auto' && style.top !== '0px') || (style.left !== 'auto' && style.left !== '0px'));
  }

  function layersOver(holder) {
    const place = holder.getBoundingClientRect();
    const view = holder.ownerDocument.defaultView;
    return Array.prototype.filter.call(holder.ownerDocument.querySelectorAll('*'), (element) => {
      if (element === holder || IGNORED.has(element.tagName)) return false;
      return meets(element.getBoundingClientRect(), place) && !element.contains(holder) && isLayer(view.getComputedStyle(element));
    }).map((element) => element.getBoundingClientRect());
  }

  // A bar along an edge (a sticky header, a pinned column) is no obstacle: scrolling brings elements out from under it.
  function isBar(cover, element) {
    const view = element.ownerDocument.defaultView;
    for (let node = cover; node && typeOf(node) === 1 && !contains(node, element); node = parentOf(node)) {
      const { position } = view.getComputedStyle(node);
      if (position === 'sticky') return true;
      if (position !== 'fixed') continue;
      const box = node.getBoundingClientRect();
      const [across, down] = [box.width / view.innerWidth, box.height / view.innerHeight];
      return (across >= 0.7 && down <= 0.4) || (down >= 0.7 && across <= 0.4);
    }
    return false;
  }

  function coverHere(element, x, y) {
    const hit = deepestAt(document, x, y);
    if (!hit || contains(element, hit) || contains(hit, element)) return null;
    return press.takerOf(hit, element, element, false) ? hit : null;
  }

  function markCovered(holders, candidates, layers) {
    const outside = holders.map(({ holder }) => layersOver(holder));
    const view = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
    for (const { record, element, box, order, last } of candidates) {
      const shown = intersect(box, view);
      if (!wide(shown)) continue; // below the fold: scrolling brings it
      const x = (shown.left + shown.right) / 2;
      const y = (shown.top + shown.bottom) / 2;
      if (layers.some((layer) => (layer.order > last || layer.last < order) && meets(layer.box, shown))) {
        const cover = coverHere(element, x, y);
        if (cover) {
          if (isBar(cover, element)) record.o = 1;
          else record.c = 1;
        }
      }
      holders.forEach(({ holder, x: dx, y: dy }, level) => {
        const [px, py] = [x + dx, y + dy];
        if (record.c || !outside[level].some((over) => over.left < px && px < over.right && over.top < py && py < over.bottom)) return;
        const above = deepestAt(holder.ownerDocument, px, py);
        if (above && above !== holder && !contains(above, holder)) record.c = 1;
      });
    }
  }

  // ----------------------------------------------------------------------------------------------------- clipping and scrolling

  const SHOWN = 0;
  const SCROLLED_OUT = 1; // a person can scroll it into sight
  const CUT_AWAY = 2; // nothing brings it into sight
  const MOVED_OUT = 3; // only the page's script scrolls it (a grid's header follows the body's scroll bar)

  function sight(box, clip) {
    let rest = box;
    let result = SHOWN;
    for (let one = clip; one; one = one.up) {
      const cut = intersect(one.box, rest);
      const [hidesX, hidesY] = [cut.right - cut.left <= 0.5, cut.bottom - cut.top <= 0.5];
      if (!hidesX && !hidesY) {
        rest = cut;
        continue;
      }
      if ((hidesX && !one.x) || (hidesY && !one.y) || box.right <= one.startX + 0.5 || box.bottom <= one.startY + 0.5) return CUT_AWAY;
      if ((hidesX && one.x === 'script') || (hidesY && one.y === 'script')) result = MOVED_OUT;
      else result = result || SCROLLED_OUT;
      rest = one.box;
    }
    const scrolled = clip && result;
    if (!scrolled && (box.right + window.scrollX <= 0 || box.bottom + window.scrollY <= 0)) return CUT_AWAY;
    return result;
  }

  function clipOf(element, style, box, up) {
    const scrollsX = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 20;
    const scrollsY = element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 20;
    const way = (scrolls, overflow) => {
      if (!scrolls || overflow === 'visible' || overflow === 'clip') return '';
      return overflow === 'hidden' ? 'script' : 'hand';
    };
    return {
      box, up, x: way(scrollsX, style.overflowX), y: way(scrollsY, style.overflowY),
      startX: box.left - element.scrollLeft, startY: box.top - element.scrollTop,
    };
  }

  const round = (box) => [Math.round(box.left * 10) / 10, Math.round(box.top * 10) / 10, Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10];

  return { CUT_AWAY, clipOf, contains, deepestAt, intersect, isLayer, markCovered, round, sight, standpoint, wide };
}

module.exports = { makeSight };
