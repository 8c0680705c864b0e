// What the page reader sees and does, run beside Playwright in one round trip a call.
//
// `katipLook` gives everything that a person would see on the page and in its visible frames, as plain data: text runs, controls,
// values, boxes, states. It decides nothing: what a label means and where a value belongs is decided in Python, once, for every toolkit.
// Only the signals that every browser knows are used (tag, ARIA, computed style, geometry): never a toolkit's class or id.

const DIALOG_PATIENCE_MS = 15;
const DATA_REQUESTS = new Set(['document', 'xhr', 'fetch', 'script']);
const STALE_REQUEST_MS = 20000;

const memory = new WeakMap(); // context -> what is remembered of it between two calls

function remembered(context) {
  let state = memory.get(context);
  if (state) return state;
  state = { pages: [], page: null, dialog: null, wakeDialog: null, inFlight: new Map(), started: 0, failed: 0, looked: null, status: new WeakMap() };
  memory.set(context, state);
  const adopt = (page) => {
    state.pages.push(page);
    state.page = page;
    page.on('dialog', (dialog) => {
      state.dialog = dialog;
      if (state.wakeDialog) state.wakeDialog();
    });
    page.on('close', () => {
      state.pages = state.pages.filter((other) => other !== page);
      if (state.page === page) state.page = state.pages[state.pages.length - 1] || null;
    });
    page.on('response', (response) => {
      if (response.request().isNavigationRequest()) state.status.set(response.frame(), response.status());
    });
  };
  context.pages().forEach(adopt);
  context.on('page', adopt);
  context.on('request', (request) => {
    if (!DATA_REQUESTS.has(request.resourceType())) return;
    state.started += 1;
    state.inFlight.set(request, Date.now());
  });
  const done = (request) => state.inFlight.delete(request);
  context.on('requestfinished', done);
  context.on('requestfailed', (request) => {
    if (state.inFlight.delete(request)) state.failed += 1;
  });
  return state;
}

function busy(state) {
  const now = Date.now();
  let count = 0;
  for (const since of state.inFlight.values()) if (now - since < STALE_REQUEST_MS) count += 1;
  return count;
}

function dialogOf(state) {
  const dialog = state.dialog;
  return dialog ? { type: dialog.type(), message: dialog.message() } : null;
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// An action freezes while a native dialog stands: whichever comes first, its end or the dialog, ends the wait.
async function untilDialog(state, action) {
  const opened = new Promise((resolve) => {
    state.wakeDialog = resolve;
  });
  let failure = null;
  const ended = action.then(() => 'done', (error) => {
    failure = error;
    return 'failed';
  });
  let how = await Promise.race([ended, opened.then(() => 'dialog')]);
  if (how === 'done') how = await Promise.race([opened.then(() => 'dialog'), sleep(DIALOG_PATIENCE_MS).then(() => 'done')]);
  state.wakeDialog = null;
  if (how === 'failed' && !state.dialog) throw failure;
  return { dialog: dialogOf(state) };
}

// ---------------------------------------------------------------------------------------------------------------- in the page

function lookInFrame() {
  const nodes = [];
  const elements = [];
  const CONTROL = new Set(['A', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'SUMMARY', 'LABEL', 'OPTION', 'AREA']);
  const STRUCTURE = new Set(['TABLE', 'THEAD', 'TBODY', 'TR', 'TD', 'TH', 'LI', 'UL', 'NAV', 'FORM', 'FIELDSET', 'LEGEND', 'DIALOG',
    'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'IFRAME', 'FRAME', 'DT', 'DD', 'CAPTION', 'HEADER', 'FOOTER']);
  const IGNORED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'HEAD', 'META', 'LINK', 'OBJECT', 'EMBED', 'OPTION', 'OPTGROUP']);
  const ICON_FONT = /icon|symbol|glyph|awesome|dingbat/i;
  const DISABLED_WORD = /(^|[-_ ])(is-?)?(disabled|inactive|passive|pasif|disable)([-_ ]|$)|Disabled\b|-dis\b/;
  let line = 0;

  // Offsets of this frame in the page, as far as the frames above are of the same origin.
  let offsetX = 0;
  let offsetY = 0;
  let reachesTop = true;
  let hidden = false;
  const frames = [];
  for (let w = window; w !== w.parent;) {
    let holder = null;
    try { holder = w.frameElement; } catch { holder = null; }
    if (!holder) { reachesTop = false; break; }
    const box = holder.getBoundingClientRect();
    const style = holder.ownerDocument.defaultView.getComputedStyle(holder);
    if (!holder.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || box.width < 2 || box.height < 2) hidden = true;
    offsetX += box.left + holder.clientLeft + parseFloat(style.paddingLeft || 0);
    offsetY += box.top + holder.clientTop + parseFloat(style.paddingTop || 0);
    frames.push({ holder, x: offsetX, y: offsetY });
    w = w.parent;
  }
  if (hidden) return { nodes: [], elements: [], hidden: true };
  const viewWidth = window.innerWidth;
  const viewHeight = window.innerHeight;

  const contains = (outer, inner) => {
    for (let node = inner; node; node = node.parentNode || node.host) if (node === outer) return true;
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
  const coverOf = (element, box) => {
    const x = Math.min(Math.max((Math.max(box.left, 0) + Math.min(box.right, viewWidth)) / 2, 0), viewWidth - 1);
    const y = Math.min(Math.max((Math.max(box.top, 0) + Math.min(box.bottom, viewHeight)) / 2, 0), viewHeight - 1);
    const hit = deepestAt(document, x, y);
    if (hit && !contains(element, hit) && !contains(hit, element)) {
      const label = hit.closest && hit.closest('label');
      if (!(label && label.control === element)) {
        const over = hit.getBoundingClientRect();
        const near = hit.parentElement === element.parentElement || contains(hit.parentElement, element);
        if (!(near && over.width * over.height <= 6 * Math.max(box.width * box.height, 1))) return hit;
      }
    }
    let px = x;
    let py = y;
    let w = window;
    for (let level = 0; level < frames.length; level += 1) {
      const { holder } = frames[level];
      const outer = holder.getBoundingClientRect();
      px += outer.left + holder.clientLeft;
      py += outer.top + holder.clientTop;
      const above = deepestAt(holder.ownerDocument, px, py);
      if (above && above !== holder && !contains(above, holder)) return above;
      w = w.parent;
    }
    return null;
  };

  const looksLikeIcon = (text, box, style) => {
    if (ICON_FONT.test(style.fontFamily.split(',')[0])) return true;
    const size = parseFloat(style.fontSize) || 16;
    return text.length >= 3 && !/\s/.test(text.trim()) && box.width <= 1.25 * size && box.height <= 1.6 * size;
  };
  const unreachable = (box) => box.right + window.scrollX <= 0 || box.bottom + window.scrollY <= 0;
  const intersect = (clip, box) => ({
    left: Math.max(clip.left, box.left), top: Math.max(clip.top, box.top),
    right: Math.min(clip.right, box.right), bottom: Math.min(clip.bottom, box.bottom), scrolls: clip.scrolls,
  });
  const round = (box) => [Math.round(box.left * 10) / 10, Math.round(box.top * 10) / 10, Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10];
  const range = document.createRange();

  function add(record, element) {
    nodes.push(record);
    elements.push(element);
    return nodes.length - 1;
  }

  // 0: in sight, 1: scrolled out of sight, 2: cut away where no scrolling reaches
  function sight(box, clip) {
    if (!clip) return 0;
    const cut = intersect(clip, box);
    if (cut.right - cut.left > 0.5 && cut.bottom - cut.top > 0.5) return 0;
    return clip.scrolls ? 1 : 2;
  }

  function textRun(node, parent, style, clip) {
    const text = node.nodeValue;
    if (!/\S/.test(text)) return text && nodes.length && nodes[nodes.length - 1].x !== undefined ? void (nodes[nodes.length - 1].x += ' ') : undefined;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 0.5 || box.height < 0.5 || unreachable(box)) return undefined;
    if (clip && clip.right - clip.left <= 1.5 || clip && clip.bottom - clip.top <= 1.5) return undefined;
    const record = { p: parent, x: text, b: round(box), l: line };
    const off = sight(box, clip);
    if (off) record.o = off;
    else {
      const cover = coverOf(node.parentElement || node.parentNode.host, box);
      if (cover) record.c = 1;
    }
    if (looksLikeIcon(text, box, style)) record.ic = 1;
    add(record, node.parentElement || node.parentNode.host);
    return undefined;
  }

  function shapeOf(element) {
    const tag = element.tagName;
    if (tag === 'IMG' || tag === 'AREA') return element.getAttribute('alt') || element.getAttribute('title') || '';
    if (tag === 'svg') {
      const title = element.querySelector('title');
      return element.getAttribute('aria-label') || (title ? title.textContent : '') || '';
    }
    return '';
  }

  function pseudo(element) {
    let text = '';
    for (const which of ['::before', '::after']) {
      const content = window.getComputedStyle(element, which).content;
      const found = /^"((?:[^"\\]|\\.)*)"/.exec(content || '');
      if (found) text += ` ${found[1]}`;
    }
    return text.trim();
  }

  function disabledBy(element, style, opacity, state) {
    if (element.disabled === true || element.hasAttribute('disabled') || element.matches(':disabled')) return 'attribute';
    if (element.getAttribute('aria-disabled') === 'true') return 'aria-disabled';
    if (element.hasAttribute('inert')) return 'inert';
    if (style.pointerEvents === 'none' && state.pointerEvents !== 'none') return 'pointer-events';
    if (typeof element.className === 'string' && DISABLED_WORD.test(element.className)) return 'class';
    if (style.cursor === 'not-allowed') return 'cursor';
    if (opacity <= 0.7 && opacity < state.opacity) return 'opacity';
    return '';
  }

  function control(element, style, record) {
    const tag = element.tagName;
    const attribute = (name) => element.getAttribute(name);
    if (attribute('role')) record.r = attribute('role').trim().split(/\s+/)[0].toLowerCase();
    if (attribute('aria-label')) record.a = attribute('aria-label');
    const by = attribute('aria-labelledby');
    if (by) {
      const root = element.getRootNode();
      record.by = by.split(/\s+/).map((id) => (root.getElementById && root.getElementById(id) || {}).textContent || '').join(' ').trim();
    }
    if (attribute('title')) record.ti = attribute('title');
    const shape = shapeOf(element);
    if (shape) record.alt = shape;
    if (attribute('aria-selected') === 'true' || attribute('aria-checked') === 'true' || attribute('aria-pressed') === 'true') record.se = 1;
    if (attribute('aria-expanded')) record.ex = attribute('aria-expanded') === 'true' ? 1 : 0;
    if (attribute('aria-current') && attribute('aria-current') !== 'false') record.cur = 1;
    if (attribute('aria-haspopup')) record.hp = 1;
    if (attribute('aria-modal') === 'true' || (tag === 'DIALOG' && element.matches(':modal'))) record.mo = 1;
    if (tag === 'A' && element.href) record.hr = element.href;
    if (element.hasAttribute('onclick') || typeof element.onclick === 'function') record.on = 1;
    if (element.tabIndex >= 0 && element.hasAttribute('tabindex')) record.tb = 1;
    if (tag === 'INPUT' || tag === 'TEXTAREA' || tag === 'SELECT' || tag === 'BUTTON') {
      const type = (element.type || '').toLowerCase();
      record.ty = type;
      if (element.labels && element.labels.length) record.lb = Array.from(element.labels).map((l) => l.textContent).join(' ');
      if (attribute('placeholder')) record.ph = attribute('placeholder');
      if (attribute('name')) record.nm = attribute('name');
      if (element.readOnly) record.ro = 1;
      if (type === 'checkbox' || type === 'radio') {
        record.ck = 1;
        if (element.checked) record.se = 1;
      } else if (tag === 'SELECT') {
        const options = Array.from(element.options);
        record.op = options.map((option) => option.text);
        record.v = options.filter((option) => option.selected).map((option) => option.text).join(' ');
      } else if (tag !== 'BUTTON' && type !== 'password') record.v = element.value;
      else if (type === 'password') record.pw = element.value ? 1 : 0;
    }
  }

  function walk(element, state) {
    if (IGNORED.has(element.tagName) || !element.checkVisibility()) return;
    const style = window.getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const tag = element.tagName;
    const opacity = state.opacity * (parseFloat(style.opacity) || 0);
    const checkable = tag === 'INPUT' && (element.type === 'checkbox' || element.type === 'radio');
    if (opacity < 0.02 && !checkable) return;
    const isInline = style.display === 'inline' || style.display === 'contents';
    const visible = style.visibility === 'visible';
    const pointer = style.cursor === 'pointer' && state.cursor !== 'pointer';
    const role = element.getAttribute('role');
    const replaced = tag === 'IMG' || tag === 'svg' || tag === 'CANVAS';
    let clip = style.position === 'fixed' ? null : state.clip;
    const scrollsY = element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 20;
    const scrollsX = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 20;
    const cuts = style.overflowX !== 'visible' || style.overflowY !== 'visible';
    const scrolls = cuts && (scrollsY || scrollsX) && tag !== 'TEXTAREA' && tag !== 'INPUT';
    const disabled = disabledBy(element, style, opacity, state);
    const telling = CONTROL.has(tag) || STRUCTURE.has(tag) || role || pointer || replaced || scrolls || disabled
      || element.hasAttribute('aria-label') || element.hasAttribute('title') || element.hasAttribute('onclick') || element.hasAttribute('tabindex')
      || element.hasAttribute('aria-selected') || element.isContentEditable;
    const wide = box.width > 0 && box.height > 0;
    let index = state.parent;
    const boundary = !isInline || CONTROL.has(tag);
    if (boundary) line += 1;
    const several = element.childElementCount > 1 || (element.childElementCount && boundary);
    if (visible && (telling || several) && (wide || tag === 'TR' || tag === 'TBODY' || checkable)) {
      const record = { p: state.parent, t: tag.toLowerCase(), b: round(box) };
      if (telling) control(element, style, record);
      if (pointer) record.cu = 1;
      if (disabled) record.d = disabled;
      if (opacity < 0.02) record.gh = 1;
      if (!isInline) record.bl = 1;
      if (scrolls) {
        record.s = [element.scrollLeft, element.scrollTop, element.scrollWidth, element.scrollHeight, element.clientWidth, element.clientHeight];
        if (style.overflowX === 'hidden') record.sh = 1;
        if (style.overflowY === 'hidden') record.sv = 1;
      }
      const off = sight(box, clip);
      if (off) record.o = off;
      if (unreachable(box)) record.o = 2;
      if (telling && !off && wide && (CONTROL.has(tag) || role || pointer || replaced || record.on || record.tb) && coverOf(element, box)) record.c = 1;
      if (record.v !== undefined || CONTROL.has(tag)) record.l = line;
      index = add(record, element);
    }
    if (cuts) {
      const cut = { left: box.left, top: box.top, right: box.right, bottom: box.bottom, scrolls: scrolls || (!!clip && clip.scrolls) };
      clip = clip ? intersect(clip, cut) : cut;
      clip.scrolls = cut.scrolls;
    }
    const pointerEvents = style.pointerEvents;
    const inner = { parent: index, opacity, cursor: style.cursor, clip, pointerEvents };
    const before = nodes.length;
    const children = element.shadowRoot ? element.shadowRoot.childNodes
      : tag === 'SLOT' && element.assignedNodes().length ? element.assignedNodes() : element.childNodes;
    if (tag !== 'SELECT' && tag !== 'TEXTAREA' && tag !== 'svg' && tag !== 'IFRAME') {
      for (const child of children) {
        if (child.nodeType === 1) {
          if (child.tagName === 'BR') line += 1;
          else walk(child, inner);
        } else if (child.nodeType === 3 && visible) textRun(child, index, style, clip);
      }
    }
    if (index !== state.parent) {
      const seen = nodes.slice(before).some((node) => (node.x !== undefined && !node.ic) || node.alt);
      if (!seen && (CONTROL.has(tag) || role || pointer || nodes[index].on)) {
        const text = pseudo(element) || (tag === 'INPUT' || tag === 'SELECT' || tag === 'TEXTAREA' ? '' : element.textContent.trim().slice(0, 120));
        if (text) nodes[index].hx = text;
      }
    }
    if (boundary) line += 1;
  }

  if (document.body) walk(document.body, { parent: -1, opacity: 1, cursor: 'auto', clip: null, pointerEvents: 'auto' });
  if (document.body && document.body.tagName === 'FRAMESET') {
    document.querySelectorAll('frame').forEach((frame) => add({ p: -1, t: 'frame', b: round(frame.getBoundingClientRect()) }, frame));
  }
  return { nodes, elements, x: reachesTop ? offsetX : null, y: reachesTop ? offsetY : null, title: document.title, ready: document.readyState };
}

// A frame of another origin cannot tell where it stands: the page that holds it can.
async function offsetOf(frame) {
  const holder = await frame.frameElement();
  const box = await holder.boundingBox();
  const visible = box && box.width > 1 && box.height > 1 && (await holder.isVisible());
  await holder.dispose();
  return visible ? box : null;
}

async function lookInto(frame) {
  let handle = null;
  try {
    handle = await frame.evaluateHandle(lookInFrame);
    const seen = await handle.evaluate(({ elements, ...plain }) => plain);
    if (!seen.hidden && seen.x === null) {
      const box = await offsetOf(frame);
      if (!box) seen.hidden = true;
      else [seen.x, seen.y] = [box.x, box.y];
    }
    if (seen.hidden || !seen.nodes.length) {
      await handle.dispose();
      return seen.hidden ? null : { seen, handle: null };
    }
    return { seen, handle };
  } catch (error) {
    if (handle) await handle.dispose().catch(() => {});
    return { seen: { nodes: [], x: 0, y: 0, title: '', ready: 'loading', error: String(error.message || error).split('\n')[0] }, handle: null };
  }
}

async function lookOnce(state) {
  const { page } = state;
  if (!page) return { url: '', title: '', frames: [], pages: 0 };
  const all = page.frames();
  const looked = await Promise.all(all.map((frame) => lookInto(frame)));
  const frames = [];
  const handles = [];
  looked.forEach((one, index) => {
    if (!one) return;
    const parent = all[index].parentFrame();
    frames.push({ i: index, up: parent ? all.indexOf(parent) : -1, url: all[index].url(), ...one.seen });
    handles[index] = one.handle;
  });
  if (state.handles) Promise.all(state.handles.filter(Boolean).map((handle) => handle.dispose().catch(() => {}))).catch(() => {});
  state.handles = handles;
  return { url: page.url(), title: frames.length ? frames[0].title : '', status: state.status.get(page.mainFrame()) || 0, pages: state.pages.length, frames };
}

// Looks once, or, with `changed`, again and again until something is different from the last look or the time is over.
async function katipLook(context, request) {
  const state = remembered(context);
  const end = Date.now() + (request.patience || 0);
  for (;;) {
    if (state.dialog) return { dialog: dialogOf(state), busy: busy(state), started: state.started, failed: state.failed };
    const look = untilDialog(state, lookOnce(state).then((seen) => { state.fresh = seen; }));
    const { dialog } = await look;
    if (dialog) continue;
    const seen = state.fresh;
    const text = JSON.stringify(seen);
    const signs = { busy: busy(state), started: state.started, failed: state.failed };
    const same = text === state.looked;
    state.looked = text;
    if (!request.changed || !same || Date.now() >= end) return same && request.changed ? { same: true, ...signs } : { ...seen, ...signs };
    await sleep(20);
  }
}

async function elementOf(state, frame, node) {
  const handle = (state.handles || [])[frame];
  if (!handle) throw new Error('KATIP-GONE: what was looked at is no longer there');
  const element = (await handle.evaluateHandle(({ elements }, index) => elements[index], node)).asElement();
  if (!element) throw new Error('KATIP-GONE: what was looked at is no longer there');
  return element;
}

async function katipClick(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request.frame, request.node);
  const { page } = state;
  const options = { timeout: request.timeout, clickCount: request.count || 1, modifiers: request.modifiers || [] };
  const press = async () => {
    if (!request.byPlace) return element.click(options);
    // Something of the same control lies over the label: press the place, as a person would.
    await element.scrollIntoViewIfNeeded({ timeout: request.timeout });
    const box = await element.boundingBox();
    return page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { clickCount: options.clickCount });
  };
  return untilDialog(state, press());
}

async function katipFill(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request.frame, request.node);
  return untilDialog(state, (async () => {
    if (request.option !== undefined) await element.selectOption({ index: request.option }, { timeout: request.timeout });
    else if (request.check !== undefined) await element.setChecked(request.check, { timeout: request.timeout, force: true });
    else await element.fill(request.value, { timeout: request.timeout });
    if (request.press) await element.press(request.press, { timeout: request.timeout });
  })());
}

async function katipScroll(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request.frame, request.node);
  return element.evaluate((box, [left, top]) => {
    box.scrollLeft = left;
    box.scrollTop = top;
    box.dispatchEvent(new Event('scroll'));
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve([box.scrollLeft, box.scrollTop]))));
  }, [request.left, request.top]);
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
  return untilDialog(state, request.url ? page.goto(request.url, options) : page.reload(options));
}

// Leaves a page that a native dialog blocks, without answering the dialog, and goes on in a fresh one of the same session.
async function katipFreshPage(context, request) {
  const state = remembered(context);
  const old = state.page;
  state.dialog = null;
  await context.newPage();
  if (old && request.close !== false) await old.close({ runBeforeUnload: false }).catch(() => {});
  return state.pages.length;
}

async function katipClosePages(context, request) {
  const state = remembered(context);
  for (const page of [...state.pages]) if (page !== state.page) await page.close().catch(() => {});
  return state.pages.length;
}

// ------------------------------------------------------------------------------------------------------------------- pictures

function coverInFrame({ secrets, groups }) {
  const found = (text) => {
    const hits = [];
    const pattern = /(?<!\d)[1-9](?:[ .\u00a0-]?\d){10}(?!\d)/g;
    for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
      const d = hit[0].replace(/\D/g, '').split('').map(Number);
      const odd = d[0] + d[2] + d[4] + d[6] + d[8];
      const even = d[1] + d[3] + d[5] + d[7];
      const tenth = (((7 * odd - even) % 10) + 10) % 10;
      const sum = d.slice(0, 10).reduce((a, b) => a + b, 0) % 10;
      if (tenth === d[9] && sum === d[10]) hits.push([hit.index, hit.index + hit[0].length]);
    }
    for (const secret of secrets) for (let at = text.indexOf(secret); secret && at >= 0; at = text.indexOf(secret, at + 1)) hits.push([at, at + secret.length]);
    return hits;
  };
  const ranges = [];
  const fields = [];
  const roots = [document];
  for (const root of roots) {
    const walker = document.createTreeWalker(root === document ? document.body || document.documentElement : root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === 3) {
        for (const [start, end] of node.nodeValue.length > 3 ? found(node.nodeValue) : []) {
          const range = document.createRange();
          range.setStart(node, start);
          range.setEnd(node, end);
          ranges.push(range);
        }
      } else {
        if (node.shadowRoot) roots.push(node.shadowRoot);
        if ((node.tagName === 'INPUT' || node.tagName === 'TEXTAREA') && (node.type === 'password' || found(node.value || '').length)) fields.push(node);
      }
    }
  }
  if (ranges.length) {
    CSS.highlights.set('katip-cover', new Highlight(...ranges));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('::highlight(katip-cover) { color: #000; background-color: #000; text-shadow: none; text-decoration: none; }');
    for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    window[Symbol.for('katip-uncover')] = () => {
      CSS.highlights.delete('katip-cover');
      for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
      delete window[Symbol.for('katip-uncover')];
    };
  }
  const all = Array.from(document.querySelectorAll('input, textarea'));
  return { ranges: ranges.length, fields: fields.map((field) => all.indexOf(field)).filter((index) => index >= 0), groups };
}

async function katipPicture(context, request) {
  const state = remembered(context);
  const { page } = state;
  if (state.dialog) return { dialog: dialogOf(state) };
  if (!page) return {};
  const mask = [];
  const covered = [];
  await Promise.all(page.frames().map(async (frame) => {
    const cover = await frame.evaluate(coverInFrame, { secrets: request.secrets || [] }).catch(() => null);
    if (!cover) return;
    if (cover.ranges) covered.push(frame);
    for (const index of cover.fields) mask.push(frame.locator('input, textarea').nth(index));
  }));
  try {
    await page.screenshot({ path: request.path, type: 'png', mask, maskColor: '#000000', caret: 'hide', animations: 'allow', timeout: request.timeout, fullPage: false });
  } finally {
    await Promise.all(covered.map((frame) => frame.evaluate(() => window[Symbol.for('katip-uncover')] && window[Symbol.for('katip-uncover')]()).catch(() => {})));
  }
  return { path: request.path };
}

async function katipProcess(browser, request) {
  return { version: browser.version(), connected: browser.isConnected() };
}

module.exports = { katipLook, katipClick, katipFill, katipScroll, katipAnswer, katipGo, katipFreshPage, katipClosePages, katipPicture, katipProcess };
