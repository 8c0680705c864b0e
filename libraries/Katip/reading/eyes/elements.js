// What an element is and what it says of itself, by tag, attributes and computed style; evaluated in the page's isolated world.

function makeElements(readsTyped) {
  const NAMED_BY_VALUE = new Set(['submit', 'button', 'reset', 'image']);
  const CONTROL = new Set(['A', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'SUMMARY', 'LABEL', 'OPTION', 'AREA']);
  const IGNORED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'META', 'LINK', 'OBJECT', 'EMBED', 'OPTION', 'OPTGROUP', 'DATALIST']);
  const LEAF = new Set(['SELECT', 'TEXTAREA', 'SVG', 'IFRAME', 'FRAME', 'VIDEO', 'AUDIO', 'CANVAS']);
  const ICON_FONT = /icon|symbol|glyph|awesome|dingbat|material design|mdl2/i;
  const DISABLED_WORD = /^(?:[\w-]*[-_])?(?:is-?)?(?:disabled|disable|pasif|dis)$|[a-z]Disabled$/;
  const NOT_DISABLED = /(?:^|[-_])(?:no|not|non|un|never|hide|if|when)[-_]?dis/i;

  // Form fields shadow properties of their form (<input name="tagName">), so read these by the prototype's getters.
  const reading = (type, name) => {
    const { get } = /** @type {any} */ (Object.getOwnPropertyDescriptor(type.prototype, name));
    return (node) => get.call(node);
  };
  const tagOf = reading(Element, 'tagName');
  const childrenOf = reading(Node, 'childNodes');
  const parentOf = reading(Node, 'parentNode');
  const typeOf = reading(Node, 'nodeType');

  // A form whose own properties and methods no field hides by its name.
  const faceOf = (form) => new Proxy(form, {
    get(target, name) {
      const value = Reflect.get(Object.getPrototypeOf(target), name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

  const isIconFont = (style) => ICON_FONT.test(style.fontFamily.split(',')[0]);

  // An icon font draws "chevron_right" as one glyph: far narrower than its letters would be.
  function looksLikeIcon(text, box, style) {
    if (isIconFont(style)) return true;
    const length = text.trim().length;
    return length >= 5 && box.width < 0.21 * (parseFloat(style.fontSize) || 16) * length && box.height < 2 * (parseFloat(style.fontSize) || 16);
  }

  // How a number is painted: the current page of a pager may differ from the others in nothing else.
  function paintOf(element, style) {
    let paint = `${style.color} ${style.fontWeight} ${style.textDecorationLine}`;
    for (let one = element, level = 0; one && level < 2; one = one.parentElement, level += 1) {
      const around = window.getComputedStyle(one);
      paint += ` ${around.backgroundColor} ${around.borderTopColor}`;
    }
    return paint;
  }

  // A small round control without content: one of a row of dots.
  function isDot(element, style, box) {
    if (element.childNodes.length || box.width < 4 || box.width > 20 || Math.abs(box.width - box.height) > 2 || style.backgroundImage !== 'none') return false;
    const radius = parseFloat(style.borderTopLeftRadius) || 0;
    return style.borderTopLeftRadius.endsWith('%') ? radius >= 40 : radius >= 0.4 * box.width;
  }

  function wordsOf(element) {
    let words = '';
    for (const child of childrenOf(element)) {
      if (typeOf(child) === 3) words += child.nodeValue;
      else if (typeOf(child) === 1 && !IGNORED.has(child.tagName) && !LEAF.has(child.tagName.toUpperCase())) words += wordsOf(child);
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
    if (type === 'number' || type === 'range') Object.assign(record, { mi: element.min || '', ma: element.max || '' });
    if (element.readOnly) record.ro = 1;
    if (type === 'checkbox' || type === 'radio') {
      record.ck = 1;
      if (element.checked) record.se = 1;
    } else if (tag === 'SELECT') {
      const options = Array.prototype.slice.call(element.options);
      record.op = options.map((option) => option.text);
      record.v = options.filter((option) => option.selected).map((option) => option.text).join(' ');
    } else if (type === 'password') record.pw = element.value ? 1 : 0;
    else if (tag !== 'BUTTON' && (readsTyped || element.readOnly || element.disabled || NAMED_BY_VALUE.has(type))) record.v = element.value;
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
    else if (tag === 'SUMMARY' && element.parentElement.tagName === 'DETAILS') record.ex = element.parentElement.open ? 1 : 0;
    if (attribute('aria-level')) record.lv = Number(attribute('aria-level'));
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

  return {
    CONTROL, IGNORED, LEAF, readsTyped, childrenOf, describeControl, describeField, disabledBy, drawnText, faceOf, isDot, isIconFont, looksLikeIcon, paintOf, parentOf, tagOf, typeOf, wordsOf,
  };
}

module.exports = { makeElements };
