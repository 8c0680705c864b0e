// Finds again what a look has seen: where to press it, what else would take the press, how far it is scrolled. Evaluated in the page's
// isolated world.

/**
 * @typedef {import('./types').AnyElement} AnyElement
 * @typedef {import('./types').NodeRecord} NodeRecord
 */

/**
 * @param {ReturnType<typeof import('./collect').makeCollect>} collectHere
 * @param {ReturnType<typeof import('./sight').makeSight>} sightHere
 * @param {ReturnType<typeof import('./press').makePress>} press
 * @param {ReturnType<typeof import('./seen').makeSeen>} seenHere
 * @param {ReturnType<typeof import('./closely').makeClosely>} closely
 * @param {ReturnType<typeof import('./unread').makeUnread>} unreadHere
 * @param {ReturnType<typeof import('./named').makeNamed>} namedHere
 * @param {ReturnType<typeof import('./ink').makeInk>} inkHere
 * @param {ReturnType<typeof import('./watch').makeWatch>} watch
 * @param {ReturnType<typeof import('./movement').makeMovement>} movement
 */
function makePoint({ collect }, { contains, deepestAt, documentOf, intersect, round, standpoint, wide }, press, { difference, drawnOver, says }, closely, { unreadIn }, { unsaid }, { inkOf }, watch, movement) {
  const LOOKS_KEPT = 12;
  const range = document.createRange();

  // Return the element to press and the middle of the words in it: the middle of the element may be in its open sub-menu.
  /** @param {number[]} which */
  function place([look, index, ownerIndex]) {
    const list = (looks.get(look) || { elements: [] }).elements;
    const node = list[index];
    const owner = list[ownerIndex];
    if (!node || !node.isConnected) return null;
    if (node.nodeType === 1) return { element: owner || node, target: node, at: null };
    const parent = node.parentElement || node.parentNode.host;
    const element = owner && contains(owner, parent) ? owner : parent;
    range.selectNodeContents(node);
    const outer = element.getBoundingClientRect();
    const words = range.getClientRects()[0] || outer;
    const shown = intersect(words, outer);
    const box = wide(shown) ? shown : outer;
    return { element, target: parent, at: { x: (box.left + box.right) / 2 - outer.left - element.clientLeft, y: (box.top + box.bottom) / 2 - outer.top - element.clientTop } };
  }

  /** @param {AnyElement} element @returns {boolean} */
  const isDisabled = (element) => element.matches(':disabled') || element.getAttribute('aria-disabled') === 'true';
  /** @param {number} x @param {number} y */
  const isInWindow = (x, y) => x > 0 && y > 0 && x < window.innerWidth && y < window.innerHeight;

  // Return the point in the page's window to press at once, if the element is exactly where it was seen, enabled, in sight and not covered;
  // null if Playwright has to scroll, or to wait until it is stable or enabled.
  /** @param {number[]} wanted @param {AnyElement} element @param {number} x @param {number} y */
  function placeAtHand([look, index], element, x, y) {
    const { elements: list, nodes: records } = looks.get(look);
    range.selectNodeContents(list[index]);
    const box = round(list[index].nodeType === 1 ? list[index].getBoundingClientRect() : range.getBoundingClientRect());
    if (records[index].b.some((/** @type {number} */ side, /** @type {number} */ which) => side !== box[which])) return null;
    if (isDisabled(element) || !isInWindow(x, y)) return null;
    const where = standpoint();
    if (!where || where.x === null || where.y === null) return null;
    const seen = where.holders.every(({ holder, x: dx, y: dy }) => {
      const defaultView = /** @type {Window} */ (documentOf(holder).defaultView);
      const inWindow = x + dx > 0 && y + dy > 0 && x + dx < defaultView.innerWidth && y + dy < defaultView.innerHeight;
      const scaled = Math.abs(holder.getBoundingClientRect().width - holder.offsetWidth) > 1;
      return inWindow && !scaled && deepestAt(documentOf(holder), x + dx, y + dy) === holder;
    });
    return seen ? { x: x + where.x, y: y + where.y } : null;
  }

  // Scroll to it and return where to press and what else would take the press there: a point in the window if it can be pressed at once, else
  // an offset from the element's upper left corner.
  /** @param {number[]} which @param {boolean} strict */
  function aim(which, strict) {
    const found = place(which);
    if (!found) return null;
    if (found.element.scrollIntoViewIfNeeded) found.element.scrollIntoViewIfNeeded();
    const scrolled = place(which);
    if (!scrolled) return null;
    const { element, target, at } = scrolled;
    const box = element.getBoundingClientRect();
    const [dx, dy] = at ? [element.clientLeft + at.x, element.clientTop + at.y] : [box.width / 2, box.height / 2];
    const [x, y] = [box.left + dx, box.top + dy];
    const taker = press.takerOf(deepestAt(document, x, y), element, target, strict) || (strict ? otherwise(which, element, x, y) || notSeen(which, element) : '');
    return { dx, dy, taker, hand: taker ? null : placeAtHand(which, element, x, y) };
  }

  /** @param {number[][]} which */
  const doubts = (which) => closely.doubts(which.map(([look, index]) => (looks.get(look) || { elements: [] }).elements[index]));

  // How texts would be drawn as they are written. corner: where this frame begins in the page's window; null where it knows that itself.
  /** @param {number[][]} which @param {number[] | null} corner @param {number} ratio @param {boolean} pictures */
  function ink(which, corner, ratio, pictures) {
    const where = standpoint();
    if (!where) return which.map(() => []);
    const nodes = which.map(([look, index]) => (looks.get(look) || { elements: [] }).elements[index]);
    return inkOf(nodes, where.x === null || where.y === null ? corner || [0, 0] : [where.x, where.y], ratio, pictures);
  }

  // What is read or drawn now where the look has read a control, in words; empty where it is still the same.
  /** @param {number[]} wanted @param {AnyElement} element @param {number} x @param {number} y */
  function otherwise([look, index, ownerIndex], element, x, y) {
    const over = drawnOver(element, x, y);
    return over ? press.describe(over) : reading(look, ownerIndex ?? index);
  }

  // Why a person does not see the words by which a control is known, as `doubts.py` knows it.
  /** @param {number[]} wanted @param {AnyElement} element */
  function notSeen([look, index], element) {
    const node = looks.get(look).elements[index];
    return marked((says(looks.get(look), index) ? '' : unsaid(node, element)) || closely.doubts([node])[0]);
  }

  const marked = (/** @type {string | undefined} */ doubt) => (doubt ? `doubt ${doubt}` : '');

  /** @param {number} look @param {number} index */
  function reading(look, index) {
    const seen = looks.get(look);
    const now = seen ? difference(seen, index) : '';
    return now === null ? '' : `other words ("${now.trim().slice(0, 60)}")`;
  }

  // Listen for the coming press; with `secret`, also check where the form is sent in whose fields it was typed.
  // kept: what else must still read as it was seen, as [look, index].
  /**
   * @param {number[] | null} which
   * @param {boolean} strict
   * @param {{ fields: number[][], origins: string[] } | null} secret
   * @param {number[][] | null} kept
   */
  function arm(which, strict, secret, kept) {
    const found = which && place(which);
    const asked = secret ? secret.fields : [];
    const fields = asked.map((field) => place(field)).filter((field) => field !== null);
    if ((which && !found) || fields.length < asked.length) return '';
    const changed = () => (kept || []).map(([look, index]) => reading(look, index)).find(Boolean) || '';
    const before = changed() || marked(doubts(kept || []).find(Boolean));
    if (before) return before;
    const [element, target] = found ? [found.element, found.target] : [null, null];
    press.arm(element, target, strict, secret && { origins: secret.origins, fields: fields.map((field) => field.element) },
      (x, y) => (strict && which ? otherwise(which, element, x, y) : '') || changed());
    return 'armed';
  }

  // The last few looks are kept, so that an index of an earlier look is never resolved in a later one's list.
  const looks = new Map();
  let number = Date.now() * 100; // unlike the numbers of any other document's looks
  let last = /** @type {string | null} */ (null);

  let calm = { number: 0, text: '' };
  let part = { of: '', element: /** @type {Element | null} */ (null), number: 0, text: '' };
  let noticed = 0;
  let isDrawn = () => true;

  // The number of what counts as movement in the part of the page that a node of an earlier look is; 0 where it is gone.
  /** @param {number} index @param {number | undefined} node @param {NodeRecord[]} nodes @param {AnyElement[]} elements */
  function movementIn(index, node, nodes, elements) {
    const of = `${index} ${node}`;
    if (part.of !== of) part = { of, element: ((looks.get(index) || { elements: [] }).elements)[node ?? -1] || null, number: 0, text: '' };
    const text = part.element ? movement.ofPart(part.element, nodes, elements) : '';
    if (text !== part.text) Object.assign(part, { text, number: part.number + 1 });
    return text ? part.number : 0;
  }

  // Return the look's number, the number of what counts as movement on the page and in a part of it, for how many milliseconds nothing has
  // changed, how often something was noticed, and whether the last movement is drawn; and, unless the caller knows it already, all that is seen.
  /** @param {number} known @param {number} colours @param {number | undefined} partLook @param {number | undefined} partNode */
  function look(known, colours, partLook, partNode) {
    watch.begin();
    const { seen, nodes, elements, states } = collect(number + 1, Boolean(colours));
    const text = JSON.stringify(seen);
    const same = text === last;
    if (!same) {
      number += 1;
      const moves = movement.ofPage(seen, elements);
      if (moves !== calm.text) {
        calm = { number, text: moves };
        isDrawn = watch.drawing();
      }
    }
    last = text;
    looks.set(number, { elements, nodes, states });
    if (looks.size > LOOKS_KEPT) looks.delete(looks.keys().next().value);
    const { times, age } = watch.told();
    const unnoticed = !same && times === noticed; // what is not noticed may go on
    noticed = times;
    const inPart = partLook === undefined ? 0 : movementIn(partLook, partNode, seen.nodes, elements);
    const head = [number, calm.number, inPart, unnoticed ? 0 : Math.floor(age), times, isDrawn() ? 1 : 0].join(' ');
    return same && known === number ? head : `${head} ${text}`;
  }

  // What is drawn and cannot be read in a part of the window, whose place is given as it was when a node was seen at `seenAt`.
  /** @param {number[]} wanted @param {number[]} seenAt @param {number[]} region */
  function unread([look, index], [x, y], region) {
    const node = (looks.get(look) || { elements: [] }).elements[index];
    if (!node || !node.isConnected) return null;
    range.selectNodeContents(node);
    const box = node.nodeType === 1 ? node.getBoundingClientRect() : range.getBoundingClientRect();
    const [dx, dy] = [box.left - x, box.top - y];
    const [left, top, right, bottom] = region;
    return unreadIn([left + dx, top + dy, right + dx, bottom + dy]).map((/** @type {{ kind: string, b: number[] }} */ { kind, b }) => ({ kind, b: [b[0] - dx, b[1] - dy, b[2], b[3]] }));
  }

  // Scroll an element; `reached` is set two frames later, when the page has rendered what belongs there.
  /** @type {number[] | null} */
  let reached = null;
  /** @param {number} look @param {number} index @param {number} left @param {number} top */
  function scroll(look, index, left, top) {
    const { element } = place([look, index]) || {};
    if (!element) return false;
    const box = element === document.body ? document.scrollingElement || element : element;
    box.scrollLeft = left;
    box.scrollTop = top;
    (element === document.body ? document : box).dispatchEvent(new Event('scroll'));
    reached = null;
    requestAnimationFrame(() => requestAnimationFrame(() => { reached = [box.scrollLeft, box.scrollTop]; }));
    return true;
  }

  return {
    look,
    hasNews: (/** @type {number} */ times) => watch.told().times !== times,
    scroll,
    reached: () => reached,
    element: (/** @type {number[]} */ which) => (place(which) || {}).element || null,
    aim,
    arm,
    disarm: press.disarm,
    unread: (/** @type {number[]} */ which, /** @type {number[]} */ seenAt, /** @type {number[]} */ region) => unread(which, seenAt, region),
    doubts,
    ink,
    formTrouble: (/** @type {number[]} */ which, /** @type {string[]} */ origins) => press.formTrouble([/** @type {any} */ (place(which)).element], null, origins),
  };
}

module.exports = { makePoint };
