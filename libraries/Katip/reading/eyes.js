// What the page reader sees and does, run beside Playwright in one round trip a call.
//
// `katipLook` gives everything that a person would see on the page and in its visible frames, as plain data: text runs, controls,
// values, boxes, states. It decides nothing: what a label means and where a value belongs is decided in Python, once, for every toolkit.
// Only the signals that every browser knows are used (tag, ARIA, computed style, geometry): never a toolkit's class or id.

const { writeFile } = require('fs/promises');
const { makeCover } = require('./cover.js');
const { ELSEWHERE, makePress, press, requireOrigins } = require('./press.js');
const { makeShapes } = require('./shapes.js');

const DIALOG_PATIENCE_MS = 3;
const DATA_REQUESTS = new Set(['document', 'xhr', 'fetch', 'script']);
const STALE_REQUEST_MS = 20000;
const LOOK_EVERY_MS = 10;
const HELD_MS = 1000;
const AT_ONCE_MS = 60;

const memory = new WeakMap(); // context -> what is remembered of it between two calls
const ENGINE = 'katip';
let engine = ENGINE; // that of the context at hand

function remembered(context) {
  let state = memory.get(context);
  engine = state ? state.engine : ENGINE;
  if (state) return state;
  state = { engine, pages: [], page: null, dialog: null, wakeDialog: null, inFlight: new Map(), lines: new Map(), started: 0, failed: 0, status: new WeakMap(),
    seen: new WeakMap(), sessions: new WeakMap(), lost: new WeakMap(), frames: [], clocks: {}, looked: null, told: null, changedAt: Date.now() };
  memory.set(context, state);
  const adopt = (page) => {
    state.pages.push(page);
    state.page = page;
    page.on('dialog', (dialog) => {
      state.dialog = dialog;
      if (state.wakeDialog) state.wakeDialog();
    });
    // A person at a visible window may close it.
    page.on('dialogclosed', (dialog) => {
      if (state.dialog === dialog) state.dialog = null;
    });
    page.on('close', () => {
      state.pages = state.pages.filter((other) => other !== page);
      if (state.page === page) state.page = state.pages[state.pages.length - 1] || null;
    });
    page.on('framenavigated', (frame) => {
      for (const request of state.inFlight.keys()) if (!request.isNavigationRequest() && frameOf(request) === frame) state.inFlight.delete(request);
    });
    page.on('response', (response) => {
      if (!response.request().isNavigationRequest()) return;
      state.status.set(response.frame(), response.status());
      noteClock(state, response);
    });
  };
  context.pages().forEach(adopt);
  context.on('page', adopt);
  context.on('request', (request) => {
    if (!DATA_REQUESTS.has(request.resourceType())) return;
    if (waitsForNews(state, request)) return;
    state.started += 1;
    state.inFlight.set(request, Date.now());
  });
  context.on('requestfinished', (request) => {
    hangUp(state, request);
    state.inFlight.delete(request);
  });
  context.on('requestfailed', (request) => {
    hangUp(state, request);
    if (state.inFlight.delete(request)) state.failed += 1;
    const frame = request.isNavigationRequest() && request.method() === 'GET' ? frameOf(request) : null;
    if (frame && !frame.parentFrame()) state.lost.set(frame.page(), request.url());
  });
  return state;
}

// How far this machine's clock is ahead of each origin's: the way here and a cache make it seem more, never less.
function noteClock(state, response) {
  const ahead = Date.now() - Date.parse(response.headers().date || '');
  const { origin } = new URL(response.url());
  if (!Number.isNaN(ahead)) state.clocks[origin] = Math.min(ahead, origin in state.clocks ? state.clocks[origin] : Infinity);
}

// A request counts while somebody waits for it: not once its page went on to another address, was closed, or it has taken too long.
function busy(state) {
  const now = Date.now();
  let count = 0;
  for (const [request, since] of state.inFlight) {
    if (isOver(state, request) || now - since >= STALE_REQUEST_MS) state.inFlight.delete(request);
    else count += 1;
  }
  return count;
}

// A request that the server holds open, and that is made anew at once, again and again, waits for news: nobody waits for its end.
function waitsForNews(state, request) {
  const key = `${request.method()} ${request.url().split('?')[0]}`;
  const known = state.lines.get(key);
  const line = known && Date.now() - known.ended <= AT_ONCE_MS ? known : { held: 0 };
  line.since = Date.now();
  line.request = request;
  line.ended = Infinity;
  state.lines.set(key, line);
  return line.held >= 2;
}

function hangUp(state, request) {
  for (const line of state.lines.values()) {
    if (line.request !== request) continue;
    line.ended = Date.now();
    if (line.ended - line.since >= HELD_MS) line.held += 1;
  }
}

function isOver(state, request) {
  const frame = frameOf(request);
  return !!frame && (frame.isDetached() || frame.page() !== state.page || frame.page().isClosed());
}

function frameOf(request) {
  try {
    return request.frame();
  } catch {
    return null; // a navigation whose frame is not there yet
  }
}

function dialogOf(state) {
  const dialog = state.dialog;
  return dialog ? { type: dialog.type(), message: dialog.message() } : null;
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// An action freezes while a native dialog stands: whichever comes first, its end or the dialog, ends the wait.
async function untilDialog(state, action, patience) {
  const opened = new Promise((resolve) => {
    state.wakeDialog = resolve;
  });
  let failure = null;
  const ended = action.then(() => 'done', (error) => {
    failure = error;
    return 'failed';
  });
  let how = await Promise.race([ended, opened.then(() => 'dialog')]);
  if (how === 'done' && patience) how = await Promise.race([opened.then(() => 'dialog'), sleep(patience).then(() => 'done')]);
  state.wakeDialog = null;
  if (how === 'failed' && !state.dialog) throw failure;
  return { dialog: dialogOf(state) };
}

// ---------------------------------------------------------------------------------------------------------------- in the page

// Made once in each document, in a world of its own (see eyesIn): what the page has replaced in its scripts is not replaced here.
function makeEyes({ shownPart, opacityOf }, press) {
  const CONTROL = new Set(['A', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'SUMMARY', 'LABEL', 'OPTION', 'AREA']);
  const STRUCTURE = new Set(['TABLE', 'THEAD', 'TBODY', 'TR', 'TD', 'TH', 'LI', 'UL', 'NAV', 'FORM', 'FIELDSET', 'LEGEND', 'DIALOG',
    'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'IFRAME', 'FRAME', 'DT', 'DD', 'CAPTION', 'HEADER', 'FOOTER', 'OUTPUT']);
  const IGNORED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'HEAD', 'META', 'LINK', 'OBJECT', 'EMBED', 'OPTION', 'OPTGROUP', 'DATALIST']);
  const LEAF = new Set(['SELECT', 'TEXTAREA', 'SVG', 'IFRAME', 'FRAME', 'VIDEO', 'AUDIO', 'CANVAS']);
  const LOOKS_KEPT = 12;
  // Far beyond what a person reads on one page; what exceeds them is an error, and never read in part.
  const MOST_ELEMENTS = 80000;
  const MOST_CHARACTERS = 2e6;
  const LONGEST_WALK_MS = 15000;
  const ACTING_ROLES = new Set(['button', 'link', 'tab', 'menuitem', 'treeitem', 'option', 'switch', 'checkbox', 'radio', 'combobox']);
  const ICON_FONT = /icon|symbol|glyph|awesome|dingbat|material design|mdl2/i;
  const DISABLED_WORD = /^(?:[\w-]*[-_])?(?:is-?)?(?:disabled|disable|pasif|dis)$|[a-z]Disabled$/;
  const NOT_DISABLED = /(?:^|[-_])(?:no|not|non|un|never|hide|if|when)[-_]?dis/i;
  let nodes;
  let elements;
  let candidates;
  let layers;
  let line;
  let step;
  let spoken;
  let walked = 0;
  let characters = 0;
  let exceeded = '';
  let walkEnds = 0;
  const range = document.createRange();

  // A form hides its own properties behind fields of the same names (<input name="tagName">): these read past them.
  const reading = (type, name) => {
    const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => get.call(node);
  };
  const tagOf = reading(Element, 'tagName');
  const childrenOf = reading(Node, 'childNodes');
  const parentOf = reading(Node, 'parentNode');

  // ------------------------------------------------------------------------------------------------ where this frame stands

  // Offsets in the page, as far as the frames above are of the same origin; null where this frame cannot be seen.
  function standpoint() {
    const holders = [];
    let x = 0;
    let y = 0;
    let reachesTop = true;
    for (let w = window; w !== w.parent; w = w.parent) {
      let holder = null;
      try { holder = w.frameElement; } catch { holder = null; }
      if (!holder) { reachesTop = false; break; }
      const box = holder.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || !holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return null;
      const style = holder.ownerDocument.defaultView.getComputedStyle(holder);
      x += box.left + holder.clientLeft + (parseFloat(style.paddingLeft) || 0);
      y += box.top + holder.clientTop + (parseFloat(style.paddingTop) || 0);
      holders.push({ holder, x, y });
    }
    return { holders, x: reachesTop ? x : null, y: reachesTop ? y : null };
  }

  // --------------------------------------------------------------------------------------------------------------- what covers

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

  // Only what is taken out of the flow can lie over something else: all other places need no test.
  function isLayer(style) {
    if (style.pointerEvents === 'none') return false;
    const position = style.position;
    if (position === 'absolute' || position === 'fixed' || position === 'sticky') return true;
    if (style.zIndex !== 'auto' || style.transform !== 'none') return true;
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

  // A bar along an edge (a fixed head, a pinned column) hides only what scrolling brings out from under it.
  function isBar(cover, element) {
    const view = element.ownerDocument.defaultView;
    for (let node = cover; node && node.nodeType === 1 && !contains(node, element); node = node.parentElement) {
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

  function markCovered(holders) {
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

  // ------------------------------------------------------------------------------------------------------------ what is in sight

  const SHOWN = 0;
  const SCROLLED_OUT = 1; // a hand can scroll it into sight
  const CUT_AWAY = 2; // nothing brings it into sight
  const MOVED_OUT = 3; // only the page's own script moves it (the head of a grid follows the body's scroll bar)

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

  // -------------------------------------------------------------------------------------------------------------- what is there

  const round = (box) => [Math.round(box.left * 10) / 10, Math.round(box.top * 10) / 10, Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10];

  // Says once what exceeds the bounds of a look; the walk then ends.
  function isBeyond() {
    if (exceeded) return true;
    if (walked > MOST_ELEMENTS) exceeded = `more than ${MOST_ELEMENTS} elements`;
    else if (characters > MOST_CHARACTERS) exceeded = `more than ${MOST_CHARACTERS} characters of text`;
    else if (walked % 256 === 0 && Date.now() > walkEnds) exceeded = `a page that is not read through in ${LONGEST_WALK_MS / 1000} s`;
    return Boolean(exceeded);
  }

  function add(record, node) {
    nodes.push(record);
    elements.push(node);
    return nodes.length - 1;
  }

  // A ligature font draws "chevron_right" as one sign: no letters are that narrow.
  function looksLikeIcon(text, box, style) {
    if (ICON_FONT.test(style.fontFamily.split(',')[0])) return true;
    const length = text.trim().length;
    return length >= 5 && box.width < 0.21 * (parseFloat(style.fontSize) || 16) * length && box.height < 2 * (parseFloat(style.fontSize) || 16);
  }

  // How a number is painted: the present page in a row of page numbers differs from the others in this alone.
  function paintOf(element, style) {
    let paint = `${style.color} ${style.fontWeight} ${style.textDecorationLine}`;
    for (let one = element, level = 0; one && level < 2; one = one.parentElement, level += 1) {
      const around = window.getComputedStyle(one);
      paint += ` ${around.backgroundColor} ${around.borderTopColor}`;
    }
    return paint;
  }

  function textRun(node, state, style) {
    const text = node.nodeValue;
    characters += text.length;
    if (isBeyond()) return;
    if (!/\S/.test(text)) {
      const before = nodes[nodes.length - 1];
      if (text && before && before.x !== undefined) before.x += ' ';
      return;
    }
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 0.5 || box.height < 0.5) return;
    const off = sight(box, state.clip);
    const record = { p: state.parent, x: text, b: round(box), l: line };
    if (off) record.o = off;
    if (looksLikeIcon(text, box, style)) record.ic = 1;
    else if (off !== CUT_AWAY) spoken += 1;
    const parent = node.parentElement || node.parentNode.host;
    if (text.length < 8 && /^\s*\d+\s*$/.test(text)) record.st = paintOf(parent, style);
    if (!off) candidates.push({ record, element: parent, box, order: step, last: step });
    add(record, node);
  }

  function wordsOf(element) {
    let words = '';
    for (const child of element.childNodes) {
      if (child.nodeType === 3) words += child.nodeValue;
      else if (child.nodeType === 1 && !IGNORED.has(child.tagName) && !LEAF.has(child.tagName.toUpperCase())) words += wordsOf(child);
    }
    return words;
  }

  function pictureName(element, tag) {
    if (tag === 'IMG' || tag === 'AREA' || (tag === 'INPUT' && element.type === 'image')) {
      return element.getAttribute('alt') || element.getAttribute('title') || element.getAttribute('value') || '';
    }
    if (tag !== 'SVG') return '';
    const title = element.querySelector('title');
    return element.getAttribute('aria-label') || (title ? title.textContent : '') || '';
  }

  function drawnText(element) {
    let text = '';
    for (const which of ['::before', '::after']) {
      const found = /^"((?:[^"\\]|\\.)*)"/.exec(window.getComputedStyle(element, which).content || '');
      if (found) text += ` ${found[1]}`;
    }
    return text.trim();
  }

  function saysDisabled(words) {
    return words.split(/\s+/).some((word) => DISABLED_WORD.test(word) && !NOT_DISABLED.test(word));
  }

  function disabledBy(element, style, opacity, state, named) {
    if (named) {
      if (element.matches(':disabled')) return 'attribute';
      if (element.getAttribute('aria-disabled') === 'true') return 'aria-disabled';
      if (element.hasAttribute('inert')) return 'inert';
    } else if (element.disabled !== undefined && element.matches(':disabled')) return 'attribute';
    if (style.pointerEvents === 'none' && state.pointerEvents !== 'none') return 'pointer-events';
    if (style.cursor === 'not-allowed') return 'cursor';
    if (opacity < state.opacity && opacity >= 0.02 && opacity <= (style.cursor === 'pointer' ? 0.5 : 0.7)) return 'opacity';
    if (named && element.hasAttribute('disabled') && element.getAttribute('disabled') !== 'false') return 'marked';
    const words = named && element.getAttribute('class');
    return words && saysDisabled(words) ? 'class' : '';
  }

  function describeField(element, tag, record) {
    const type = String(element.type || '').toLowerCase();
    record.ty = type;
    if (element.labels && element.labels.length) record.lb = Array.prototype.map.call(element.labels, wordsOf).join(' ');
    const placeholder = element.getAttribute('placeholder');
    if (placeholder) record.ph = placeholder;
    if (element.readOnly) record.ro = 1;
    if (type === 'checkbox' || type === 'radio') {
      record.ck = 1;
      if (element.checked) record.se = 1;
    } else if (tag === 'SELECT') {
      const options = Array.prototype.slice.call(element.options);
      record.op = options.map((option) => option.text);
      record.v = options.filter((option) => option.selected).map((option) => option.text).join(' ');
    } else if (type === 'password') record.pw = element.value ? 1 : 0;
    else if (tag !== 'BUTTON') record.v = element.value;
  }

  function describeControl(element, tag, record) {
    const attribute = (name) => element.getAttribute(name);
    if (attribute('role')) record.r = attribute('role').trim().split(/\s+/)[0].toLowerCase();
    if (attribute('aria-label')) record.a = attribute('aria-label');
    const by = attribute('aria-labelledby');
    if (by) {
      const root = element.getRootNode();
      record.by = by.split(/\s+/).map((id) => (root.getElementById && root.getElementById(id) || {}).textContent || '').join(' ').trim();
    }
    if (attribute('title')) record.ti = attribute('title');
    const picture = pictureName(element, tag);
    if (picture) record.alt = picture;
    if (['aria-selected', 'aria-checked', 'aria-pressed'].some((name) => attribute(name) === 'true')) record.se = 1;
    if (attribute('aria-expanded')) record.ex = attribute('aria-expanded') === 'true' ? 1 : 0;
    if (attribute('aria-current') && attribute('aria-current') !== 'false') record.cur = 1;
    if (attribute('aria-haspopup')) record.hp = 1;
    if (attribute('aria-busy') === 'true' || (record.r === 'progressbar' && !element.hasAttribute('aria-valuenow'))) record.wt = 1;
    if (attribute('aria-rowindex')) record.ri = Number(attribute('aria-rowindex'));
    if (attribute('aria-modal') === 'true' || (tag === 'DIALOG' && element.matches(':modal'))) record.mo = 1;
    if (tag === 'A' && element.href) record.hr = String(element.href);
    if (element.hasAttribute('onclick') || typeof element.onclick === 'function') record.on = 1;
    if (element.tabIndex >= 0 && element.hasAttribute('tabindex')) record.tb = 1;
    if (element.isContentEditable) record.ed = 1;
  }

  const TELLING_ATTRIBUTES = ['role', 'aria-label', 'title', 'onclick', 'tabindex', 'aria-selected', 'aria-modal', 'aria-busy', 'contenteditable'];

  function walk(element, state) {
    walked += 1;
    if (isBeyond()) return;
    const tag = tagOf(element).toUpperCase();
    if (IGNORED.has(tag)) return;
    const style = window.getComputedStyle(element);
    const display = style.display;
    if (display === 'none' || style.contentVisibility === 'hidden') return;
    const contents = display === 'contents';
    if (!contents && !element.checkVisibility()) return;
    const opacity = state.opacity * opacityOf(style);
    const checkable = tag === 'INPUT' && (element.type === 'checkbox' || element.type === 'radio');
    if (opacity < 0.02 && !checkable) return;

    const order = (step += 1);
    const box = element.getBoundingClientRect();
    const isInline = contents || display === 'inline';
    const visible = style.visibility === 'visible';
    const position = style.position;
    let clip = position === 'fixed' ? null : position === 'absolute' ? state.outerClip : state.clip;
    const shown = style.clipPath === 'none' && style.clip === 'auto' ? null : shownPart(style, box);
    if (shown) clip = { box: shown, up: clip, x: '', y: '' };
    const pointer = style.cursor === 'pointer' && state.cursor !== 'pointer';
    const named = element.hasAttributes();
    const disabled = visible ? disabledBy(element, style, opacity, state, named) : '';
    const reachable = state.pointerEvents === 'none' && style.pointerEvents !== 'none';
    const replaced = tag === 'IMG' || tag === 'SVG' || tag === 'CANVAS';
    const cuts = !isInline && tag !== 'BODY' && tag !== 'HTML' && (style.overflowX !== 'visible' || style.overflowY !== 'visible');
    const inner = { parent: state.parent, opacity, cursor: style.cursor, pointerEvents: style.pointerEvents, clip, outerClip: state.outerClip };
    if (cuts) inner.clip = clipOf(element, style, box, clip);
    if (position !== 'static' || style.transform !== 'none') inner.outerClip = inner.clip;
    const scrolls = cuts && (inner.clip.x || inner.clip.y) && tag !== 'TEXTAREA' && tag !== 'INPUT';
    const control = CONTROL.has(tag);
    const bar = position !== 'static' && box.width >= 4 && box.width <= 24 && box.height > 1.5 * box.width && !childrenOf(element).length;
    const telling = control || bar || STRUCTURE.has(tag) || pointer || replaced || scrolls || disabled || reachable || typeof element.onclick === 'function'
      || (named && TELLING_ATTRIBUTES.some((name) => element.hasAttribute(name)));
    const acts = control || pointer || (named && (ACTING_ROLES.has(element.getAttribute('role')) || element.hasAttribute('onclick')));
    const boundary = !isInline || acts;
    if (boundary) line += 1;
    const several = element.childElementCount > 1 || (element.childElementCount && boundary) || element.shadowRoot;
    const hasBox = box.width > 0 && box.height > 0;
    let candidate = null;
    if (visible && (telling || several) && (hasBox || contents || tag === 'TR' || tag === 'TBODY' || checkable)) {
      const record = { p: state.parent, t: tag.toLowerCase(), b: round(box) };
      if (telling) describeControl(element, tag, record);
      if (tag === 'INPUT' || tag === 'TEXTAREA' || tag === 'SELECT' || tag === 'BUTTON') describeField(element, tag, record);
      if (pointer) record.cu = 1;
      if (disabled) record.d = disabled;
      if (reachable) record.pe = 1;
      if (opacity < 0.02 || (record.ty !== undefined && (box.width <= 2 || box.height <= 2))) record.gh = 1;
      if (!isInline) record.bl = 1;
      if (scrolls) {
        record.s = [element.scrollLeft, element.scrollTop, element.scrollWidth, element.scrollHeight, element.clientWidth, element.clientHeight];
        if (inner.clip.x !== 'hand') record.sh = 1;
        if (inner.clip.y !== 'hand') record.sv = 1;
      }
      const off = sight(box, clip);
      if (off) record.o = off;
      if (record.v !== undefined || control) record.l = line;
      inner.parent = add(record, element);
      if (!off && hasBox && (control || record.r || pointer || replaced || record.on || record.tb)) {
        candidate = { record, element, box, order, last: order };
        candidates.push(candidate);
      }
    }

    const said = spoken;
    const first = nodes.length;
    if (!LEAF.has(tag)) walkInside(element, tag, inner, style, visible);
    if (contents && inner.parent !== state.parent) boxAround(nodes[inner.parent], first);
    if (candidate) candidate.last = step;
    if (visible && hasBox && isLayer(style)) layers.push({ box, order, last: step });
    if (inner.parent !== state.parent) nameSilent(element, tag, nodes[inner.parent], spoken > said, first);
    if (boundary) line += 1;
  }

  // An element that draws no box of its own (display: contents) is where what it holds is.
  function boxAround(record, first) {
    const inside = nodes.slice(first).map((node) => node.b).filter(([, , width, height]) => width && height);
    if (!inside.length) return;
    const [left, top] = [Math.min(...inside.map(([x]) => x)), Math.min(...inside.map(([, y]) => y))];
    const [right, bottom] = [Math.max(...inside.map(([x, , width]) => x + width)), Math.max(...inside.map(([, y, , height]) => y + height))];
    record.b = [left, top, right - left, bottom - top];
    delete record.o;
  }

  function walkInside(element, tag, inner, style, visible) {
    const assigned = tag === 'SLOT' ? element.assignedNodes() : [];
    const children = element.shadowRoot ? element.shadowRoot.childNodes : assigned.length ? assigned : childrenOf(element);
    for (const child of children) {
      if (child.nodeType === 1) {
        if (child.tagName === 'BR') line += 1;
        else walkSafely(child, inner);
      } else if (child.nodeType === 3 && visible) textRun(child, inner, style);
    }
  }

  // What a page has bent beyond reading is not seen; everything else still is.
  function walkSafely(element, state) {
    try { walk(element, state); } catch { line += 1; }
  }

  // What a control without words of its own is called: what its pictures are, what is drawn by style, what only a screen reader is told.
  function nameSilent(element, tag, record, says, first) {
    if (record.alt) spoken += 1;
    if (says || record.alt || record.ty && tag !== 'BUTTON') return;
    if (!(CONTROL.has(tag) || record.r || record.cu || record.on)) return;
    if (nodes.slice(first).some((node) => node.alt)) return;
    const icons = nodes.slice(first).filter((node) => node.ic).map((node) => node.x.trim());
    const hidden = icons.reduce((text, icon) => text.replace(icon, ''), element.textContent).trim();
    const text = drawnText(element) || hidden.slice(0, 120);
    if (text) record.hx = text;
  }

  // ------------------------------------------------------------------------------------------------------------------- the look

  function lookAround() {
    nodes = [];
    elements = [];
    candidates = [];
    layers = [];
    line = 0;
    step = 0;
    spoken = 0;
    walked = 0;
    characters = 0;
    exceeded = '';
    walkEnds = Date.now() + LONGEST_WALK_MS;
    const where = standpoint();
    if (!where) return { hidden: true, nodes: [] };
    const { body } = document;
    if (body && body.tagName === 'FRAMESET') {
      document.querySelectorAll('frame').forEach((frame) => add({ p: -1, t: 'frame', b: round(frame.getBoundingClientRect()) }, frame));
    } else if (body) {
      walkSafely(body, { parent: -1, opacity: 1, cursor: 'auto', pointerEvents: 'auto', clip: null, outerClip: null });
      if (!exceeded) markCovered(where.holders);
    }
    if (exceeded) return { exceeded, nodes: [], x: 0, y: 0, title: '', ready: document.readyState };
    return { nodes, x: where.x, y: where.y, title: String(document.title), ready: document.readyState };
  }

  // Where to press: the element, and the middle of the words in it, so that "Hizmet Alan" is not pressed in the middle of its open sub-menu.
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

  // The place in the page's window where a hand presses at once: where the element stands just where it was seen, enabled, in sight and under
  // nothing else. Null where the browser's driver has to look after it: scroll, wait until it holds still or lights up.
  function placeAtHand([look, index], element, x, y) {
    const { elements: list, nodes: records } = looks.get(look);
    range.selectNodeContents(list[index]);
    const box = round(list[index].nodeType === 1 ? list[index].getBoundingClientRect() : range.getBoundingClientRect());
    if (records[index].b.some((side, which) => side !== box[which])) return null;
    if (element.matches(':disabled') || element.getAttribute('aria-disabled') === 'true') return null;
    if (!(x > 0 && y > 0 && x < window.innerWidth && y < window.innerHeight)) return null;
    const where = standpoint();
    if (!where || where.x === null) return null;
    const seen = where.holders.every(({ holder, x: dx, y: dy }) => {
      const { defaultView } = holder.ownerDocument;
      const inWindow = x + dx > 0 && y + dy > 0 && x + dx < defaultView.innerWidth && y + dy < defaultView.innerHeight;
      const scaled = Math.abs(holder.getBoundingClientRect().width - holder.offsetWidth) > 1;
      return inWindow && !scaled && deepestAt(holder.ownerDocument, x + dx, y + dy) === holder;
    });
    return seen ? { x: x + where.x, y: y + where.y } : null;
  }

  // Where to press, once it is in sight, and what else would take the press there. Within the window at once where it can be, else from the
  // element's upper left corner.
  function aim(which, strict) {
    const found = place(which);
    if (!found) return null;
    if (found.element.scrollIntoViewIfNeeded) found.element.scrollIntoViewIfNeeded();
    const { element, target, at } = place(which);
    const box = element.getBoundingClientRect();
    const [dx, dy] = at ? [element.clientLeft + at.x, element.clientTop + at.y] : [box.width / 2, box.height / 2];
    const [x, y] = [box.left + dx, box.top + dy];
    const taker = press.takerOf(deepestAt(document, x, y), element, target, strict);
    return { dx, dy, taker, hand: taker ? null : placeAtHand(which, element, x, y) };
  }

  // Listens for the press that comes; with `secret` also for where the form is sent in whose fields it was typed.
  function arm(which, strict, secret) {
    const found = which && place(which);
    const fields = secret ? secret.fields.map((field) => place(field)) : [];
    if ((which && !found) || fields.includes(null)) return false;
    const [element, target] = found ? [found.element, found.target] : [null, null];
    press.arm(element, target, strict, secret && { origins: secret.origins, fields: fields.map((field) => field.element) });
    return true;
  }

  // What was seen stays known for a few looks, so that a press never lands on what a later look has in the same place of its list.
  const looks = new Map();
  let number = Date.now() * 100; // numbers of another document's looks are never these
  let last = null;

  // The number of the look alone where the caller knows it, else the number and all that is seen.
  function look(known) {
    const text = JSON.stringify(lookAround());
    const same = text === last;
    if (!same) number += 1;
    last = text;
    looks.set(number, { elements, nodes });
    if (looks.size > LOOKS_KEPT) looks.delete(looks.keys().next().value);
    return same && known === number ? `${number}` : `${number} ${text}`;
  }

  // Scrolls what an element holds; `reached` has the place two frames later, when what the page draws for it is there.
  let reached = null;
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
    scroll,
    reached: () => reached,
    element: (which) => (place(which) || {}).element || null,
    aim,
    arm,
    disarm: press.disarm,
    formTrouble: (which, origins) => press.formTrouble([place(which).element], null, origins),
  };
}

// A frame of another origin cannot tell where it stands: the page that holds it can.
async function offsetOf(frame) {
  const holder = await frame.frameElement();
  const box = await holder.boundingBox();
  const visible = box && box.width > 1 && box.height > 1 && (await holder.isVisible());
  await holder.dispose();
  return visible ? { x: box.x, y: box.y } : { hidden: true };
}

// Runs in the isolated world. A selector engine can only return elements, so an answer is the text of an element that is in no document.
function makeEngine(makeEyesHere, cover) {
  const eyes = makeEyesHere();
  let uncover = null;
  const carrier = (text) => Object.assign(document.createElement('i'), { textContent: text });
  const questions = {
    look: (known) => [carrier(eyes.look(known))],
    aim: (...wanted) => [carrier(JSON.stringify(eyes.aim(wanted.slice(0, 3), Boolean(wanted[3]))))],
    element: (...wanted) => [eyes.element(wanted)].filter(Boolean),
    arm: (given) => [carrier(eyes.arm(...JSON.parse(decodeURIComponent(given))) ? 'armed' : '')],
    disarm: () => [carrier(JSON.stringify(eyes.disarm()))],
    formTrouble: (given) => [carrier(eyes.formTrouble(...JSON.parse(decodeURIComponent(given))))],
    cover: (given) => {
      if (uncover) uncover();
      uncover = cover(JSON.parse(decodeURIComponent(given)));
      return [carrier('covered')];
    },
    uncover: () => {
      const held = Boolean(uncover && uncover());
      uncover = null;
      return [carrier(held ? 'held' : 'moved')];
    },
    scroll: (...where) => [carrier(eyes.scroll(...where) ? 'begun' : '')],
    reached: () => (eyes.reached() ? [carrier(JSON.stringify(eyes.reached()))] : []), // asked again until there is an answer
  };
  return {
    queryAll(root, body) {
      const [name, ...numbers] = body.split(' ');
      return questions[name](...numbers.map((number) => (number === '-' ? undefined : Number.isNaN(Number(number)) ? number : Number(number))));
    },
  };
}

const ANSWER_MS = 60000;
const registered = new Map(); // engine -> its registration

// The browser's driver runs selector engines that are content scripts in an isolated world: the same document, no script of the page.
function eyesIn(playwright, state) {
  const content = `(${makeEngine})(() => (${makeEyes})((${makeShapes})(), (${makePress})()), (${makeCover})().cover)`;
  if (!registered.has(state.engine)) registered.set(state.engine, playwright.selectors.register(state.engine, { content }, { contentScript: true }));
  return registered.get(state.engine);
}

// The context of a browser that was joined knows no engine that was registered before it: it gets one of its own.
async function katipJoin(context, playwright) {
  const state = remembered(context);
  state.engine = `${ENGINE}${registered.size}`;
  engine = state.engine;
  await eyesIn(playwright, state);
}

const question = (name, numbers) => `${engine}=${[name, ...numbers.map((number) => number ?? '-')].join(' ')}`;
const ask = (frame, name, ...numbers) => frame.textContent(question(name, numbers), { timeout: ANSWER_MS });

// What a frame shows, with the number of the look; the same object as before where nothing changed.
async function lookInto(state, frame) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const before = state.seen.get(frame);
      const told = await ask(frame, 'look', before ? before.n : 0);
      const end = told.indexOf(' ');
      const seen = end < 0 ? before : { n: Number(told.slice(0, end)), ...JSON.parse(told.slice(end)) };
      state.seen.set(frame, seen);
      return seen.x === null ? { ...seen, ...(await offsetOf(frame)) } : seen;
    } catch (error) {
      // The document was replaced meanwhile, or never was one: once more, then it counts as still loading.
      state.seen.delete(frame);
      if (/Unknown engine/.test(error.message)) throw new Error(USED_BEFORE);
      if (attempt === 0 && !frame.isDetached()) continue;
      return { n: 0, hidden: frame.isDetached(), nodes: [], x: 0, y: 0, title: '', ready: 'loading' };
    }
  }
}

const MOST_FRAMES = 200;

async function lookOnce(state) {
  const { page } = state;
  if (!page) return { url: '', title: '', frames: [], pages: 0 };
  const all = page.frames();
  if (all.length > MOST_FRAMES) return { exceeded: `${all.length} frames, more than ${MOST_FRAMES}` };
  const looked = await Promise.all(all.map((frame) => lookInto(state, frame)));
  const beyond = looked.find((seen) => seen.exceeded);
  if (beyond) return { exceeded: beyond.exceeded };
  const frames = [];
  looked.forEach((seen, index) => {
    if (seen.hidden) return;
    const parent = all[index].parentFrame();
    frames.push({ i: index, up: parent ? all.indexOf(parent) : -1, url: all[index].url(), ...seen });
  });
  state.frames = all;
  // A page without an address of its own has the origin of the page that opened it.
  const opener = /^https?:/.test(page.url()) ? null : await page.opener();
  const lost = page.url().startsWith('chrome-error:') ? state.lost.get(page) || '' : '';
  return { url: page.url(), opener: opener ? opener.url() : '', lost, title: frames.length ? frames[0].title : '', status: state.status.get(page.mainFrame()) || 0, pages: state.pages.length, clocks: state.clocks, frames };
}

const signatureOf = (seen) => [seen.url, seen.status, seen.pages, ...seen.frames.map((frame) => `${frame.i} ${frame.n} ${frame.ready} ${frame.x} ${frame.y} ${frame.url}`)].join('\n');

function isStill(state, seen, stillFor) {
  return Date.now() - state.changedAt >= stillFor && !busy(state) && !seen.frames.some((frame) => frame.ready === 'loading');
}

// Looks once; with `changed` again and again until something differs from the last look; with `still` until nothing has differed for so long.
async function katipLook(context, playwright, request) {
  const state = remembered(context);
  await eyesIn(playwright, state);
  const end = Date.now() + (request.patience || 0);
  for (;;) {
    if (state.dialog) {
      if (!request.changed || state.dialog !== state.toldDialog || Date.now() >= end) {
        state.toldDialog = state.dialog;
        return { dialog: dialogOf(state), url: state.page ? state.page.url() : '', busy: busy(state), started: state.started, failed: state.failed };
      }
      await sleep(LOOK_EVERY_MS);
      continue;
    }
    let seen = null;
    const { dialog } = await untilDialog(state, lookOnce(state).then((one) => { seen = one; }), 0);
    if (dialog || !seen) continue;
    if (seen.exceeded) {
      state.told = '';
      return seen;
    }
    const signature = signatureOf(seen);
    const same = signature === state.looked;
    if (!same) state.changedAt = Date.now();
    state.looked = signature;
    // What is being loaded is part of what a caller waits for, though nothing of it is seen.
    const traffic = `${state.started} ${busy(state)}`;
    const moved = traffic !== state.traffic;
    state.traffic = traffic;
    const enough = request.still ? isStill(state, seen, request.still) : !request.changed || !same || moved;
    if (enough || Date.now() >= end) {
      const signs = { busy: busy(state), started: state.started, failed: state.failed };
      const known = request.known && signature === state.told;
      state.told = signature;
      return known ? { same: true, ...signs } : { ...seen, ...signs };
    }
    await sleep(LOOK_EVERY_MS);
  }
}

const USED_BEFORE = 'another keyword has used this page before Katip first looked at a page: load it again';
const GONE = 'KATIP-GONE: what was looked at is no longer there';
const frameIn = (state, request) => (state.frames || [])[request.frame];
const wantedIn = (request) => [request.look, request.node, request.owner];

async function elementOf(state, request) {
  const frame = frameIn(state, request);
  const element = frame && await frame.$(question('element', wantedIn(request))).catch(() => null);
  if (!element) throw new Error(GONE);
  return element;
}

const given = (value) => encodeURIComponent(JSON.stringify(value));

// How a control is pressed: `press.js` asks for the place, and for the listeners in every frame.
function handOf(state, request) {
  const which = wantedIn(request);
  const frame = frameIn(state, request);
  const secret = request.typed ? { fields: request.typed, origins: request.only } : null;
  const strict = request.strict ? 1 : 0;
  return {
    frame,
    element: () => elementOf(state, request),
    aim: async () => {
      const aimed = frame && JSON.parse(await ask(frame, 'aim', ...which, strict).catch(() => null));
      if (!aimed) throw new Error(GONE);
      return aimed;
    },
    arm: async () => {
      const frames = state.page.frames();
      const armed = await Promise.all(frames.map((each) => {
        const mine = each === frame;
        const asked = question('arm', [given(mine ? [which, strict, secret] : [null, strict, null])]);
        return each.textContent(asked, { timeout: request.timeout }).catch(() => (mine ? '' : 'without'));
      }));
      if (armed.includes('') || !frames.includes(frame)) throw new Error(GONE);
      return frames;
    },
    // A document that the press has ended tells nothing any more: it was pressed.
    disarm: async (frames) => {
      const told = await Promise.all(frames.map((each) => each.textContent(question('disarm', []), { timeout: request.timeout }).then(JSON.parse).catch(() => null)));
      return told.filter(Boolean);
    },
  };
}

async function katipClick(context, request) {
  const state = remembered(context);
  state.changedAt = Date.now();
  const told = await untilDialog(state, press(state.page, handOf(state, request), request), DIALOG_PATIENCE_MS);
  state.changedAt = Date.now();
  return told;
}

const suffixOf = (name) => (/\.([a-z0-9]{1,5})$/i.exec(name || '') || ['', ''])[1].toLowerCase();
const SUFFIXES = { 'application/pdf': 'pdf', 'text/html': 'html', 'text/plain': 'txt', 'image/png': 'png', 'image/tiff': 'tif' };

// What a press brings that is meant to be kept: a download, in whichever tab, or a tab that shows a document.
function delivery(context, page, timeout) {
  let stop;
  const come = new Promise((resolve, reject) => {
    const onDownload = (download) => resolve({ download });
    const onTab = (tab) => {
      tab.on('download', onDownload);
      const shown = async () => {
        await tab.waitForLoadState('load');
        await sleep(500); // a tab that only downloads shows nothing; the download is told first
        resolve({ tab });
      };
      shown().catch(() => {});
    };
    page.on('download', onDownload);
    context.on('page', onTab);
    const timer = setTimeout(() => reject(new Error(`nothing to keep came within ${timeout} ms`)), timeout);
    stop = () => {
      clearTimeout(timer);
      page.off('download', onDownload);
      context.off('page', onTab);
    };
  });
  come.catch(() => {});
  return { come, stop };
}

async function keepTab(context, tab, stem) {
  const url = tab.url();
  let [body, suffix] = [null, 'html'];
  if (/^https?:/.test(url)) {
    const response = await context.request.get(url);
    if (!response.ok()) throw new Error(`the print-out's tab answered with ${response.status()}`);
    const kind = (response.headers()['content-type'] || '').split(';')[0].trim().toLowerCase();
    [body, suffix] = [await response.body(), SUFFIXES[kind] || 'bin'];
  } else {
    body = await tab.content();
  }
  await writeFile(`${stem}.${suffix}`, body);
  await tab.close();
  return suffix;
}

async function katipDownload(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request);
  const { page } = state;
  const { come, stop } = delivery(context, page, request.timeout);
  try {
    const { dialog } = await untilDialog(state, element.click({ timeout: request.timeout }), DIALOG_PATIENCE_MS);
    if (dialog) return { dialog };
    const { download, tab } = await come;
    if (tab) return { suffix: await keepTab(context, tab, request.stem) };
    const suffix = suffixOf(download.suggestedFilename()) || 'bin';
    await download.saveAs(`${request.stem}.${suffix}`);
    if (download.page() !== page) await download.page().close().catch(() => {});
    return { suffix };
  } finally {
    stop();
  }
}

// What is secret is typed only where page and frame are of an allowed origin and the form is sent to one.
async function requireHost(state, request) {
  requireOrigins(state.frames[request.frame], request.only);
  const trouble = await ask(state.frames[request.frame], 'formTrouble', given([wantedIn(request), request.only]));
  if (trouble) throw new Error(`${ELSEWHERE}: ${trouble}`);
}

async function katipFill(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request);
  if (request.only) await requireHost(state, request);
  const told = await untilDialog(state, (async () => {
    if (request.option !== undefined) await element.selectOption({ index: request.option }, { timeout: request.timeout });
    else if (request.check !== undefined) await element.setChecked(request.check, { timeout: request.timeout, force: true });
    else await element.fill(request.value, { timeout: request.timeout });
    if (request.press) await element.press(request.press, { timeout: request.timeout, noWaitAfter: true });
  })(), DIALOG_PATIENCE_MS);
  state.changedAt = Date.now();
  return told;
}

async function katipScroll(context, request) {
  const state = remembered(context);
  const frame = frameIn(state, request);
  state.changedAt = Date.now();
  const begun = frame && await ask(frame, 'scroll', request.look, request.node, request.left, request.top).catch(() => '');
  if (!begun) throw new Error(GONE);
  return JSON.parse(await ask(frame, 'reached'));
}

async function katipWheel(context, request) {
  const state = remembered(context);
  state.changedAt = Date.now();
  await state.page.mouse.move(request.x, request.y);
  await state.page.mouse.wheel(0, request.down);
}

async function katipKey(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request);
  state.changedAt = Date.now();
  await element.press(request.key, { timeout: request.timeout, noWaitAfter: true });
}

async function katipDrag(context, request) {
  const { mouse } = remembered(context).page;
  remembered(context).changedAt = Date.now();
  await mouse.move(...request.start);
  await mouse.down();
  await mouse.move(...request.end, { steps: 4 });
  await mouse.up();
}

async function katipShow(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request);
  await element.scrollIntoViewIfNeeded({ timeout: 2000 });
}

async function katipAnswer(context, request) {
  const state = remembered(context);
  const { dialog } = state;
  if (!dialog) return null;
  state.dialog = null;
  const told = { type: dialog.type(), message: dialog.message() };
  if (request.accept) await dialog.accept();
  else await dialog.dismiss();
  return told;
}

async function katipGo(context, request) {
  const state = remembered(context);
  if (!state.page) state.page = await context.newPage();
  const { page } = state;
  const options = { timeout: request.timeout, waitUntil: 'domcontentloaded' };
  const go = async () => {
    const here = page.url().split('#')[0];
    if (request.url) await page.goto(request.url, options);
    // An address that differs only behind its # loads nothing: what stands open on the page would stay.
    if (!request.url || (request.url.includes('#') && request.url.split('#')[0] === here)) await page.reload(options);
  };
  state.changedAt = Date.now();
  return untilDialog(state, go(), DIALOG_PATIENCE_MS);
}

// Leaves a page that a native dialog blocks, without answering the dialog, and goes on in a fresh one of the same session.
async function katipFreshPage(context, request) {
  const state = remembered(context);
  const kept = request.keep ? state.pages.slice(0, request.keep - 1) : state.pages.filter((page) => page !== state.page);
  state.dialog = null;
  const fresh = await context.newPage();
  // The page that is left may open windows until it is closed, and the windows others.
  for (let round = 0; round < 3; round += 1) {
    const left = state.pages.filter((page) => page !== fresh && !kept.includes(page));
    for (const page of left) await page.close({ runBeforeUnload: false }).catch(() => {});
  }
  state.page = fresh;
  return state.pages.length;
}

async function katipClosePages(context, request) {
  const state = remembered(context);
  if (state.pages.length > request.keep) state.dialog = null;
  for (const page of state.pages.slice(request.keep).reverse()) await page.close({ runBeforeUnload: false }).catch(() => {});
  return state.pages.length;
}

// ------------------------------------------------------------------------------------------------------------------- pictures

// Packing a PNG tightly takes longer than all else of a picture; the browser's own protocol can leave that.
async function quickPicture(state, context, page) {
  let session = state.sessions.get(page);
  if (!session) state.sessions.set(page, session = await context.newCDPSession(page));
  return Buffer.from((await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })).data, 'base64');
}

// The picture, or nothing where the page moved on meanwhile, so that what is secret may stand in it uncovered.
async function coveredPicture(state, context, page, what, limit) {
  const frames = page.frames();
  const inFrame = (frame, name, ...more) => frame.textContent(question(name, more), { timeout: limit });
  let leave;
  const left = new Promise((resolve) => { leave = () => resolve(null); });
  page.once('framenavigated', leave);
  const covers = await Promise.allSettled(frames.map((frame) => inFrame(frame, 'cover', given(what))));
  let picture;
  let held;
  try {
    const refused = covers.find((cover) => cover.status === 'rejected');
    if (refused) throw refused.reason;
    const taking = quickPicture(state, context, page);
    taking.catch(() => {});
    // The browser may never answer for a page that it has left.
    picture = await Promise.race([taking, left, sleep(limit)]);
  } finally {
    page.off('framenavigated', leave);
    if (!picture) state.sessions.delete(page);
    held = await Promise.allSettled(frames.map((frame) => inFrame(frame, 'uncover')));
  }
  return held.every((each) => each.value === 'held') && page.frames().length === frames.length ? picture : null;
}

async function katipPicture(context, playwright, request) {
  const state = remembered(context);
  await eyesIn(playwright, state);
  const until = Date.now() + request.timeout;
  const what = { secrets: request.secrets || [], wholeOn: request.wholeOn || [] };
  let problem = 'the page did not stand still';
  while (Date.now() < until) {
    if (state.dialog) return { dialog: dialogOf(state) };
    if (!state.page) return {};
    const taking = coveredPicture(state, context, state.page, what, request.timeout / 4).catch((error) => { problem = error.message; });
    const picture = await Promise.race([taking, sleep(request.timeout / 2)]); // a page that a dialog blocks answers nothing
    if (picture) {
      await writeFile(request.path, picture);
      return { path: request.path };
    }
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`no picture within ${request.timeout} ms in which what is secret is surely covered: ${problem}`);
}

async function katipProcess(context, request) {
  const browser = context.browser();
  return { version: browser.version(), connected: browser.isConnected() };
}

module.exports = {
  katipJoin,
  katipDownload, katipShow, katipWheel, katipKey, katipDrag, katipLook, katipClick, katipFill, katipScroll, katipAnswer, katipGo, katipFreshPage, katipClosePages, katipPicture, katipProcess };
