// What an element is and what it says of itself, by tag, attributes and computed style; evaluated in the page's isolated world.

/**
 * @typedef {import('./types').NodeRecord} NodeRecord
 * @typedef {import('./types').WalkState} WalkState
 */

/** @param {boolean} readsTyped False where a person may be typing: then values of fields stay in the page. */
function makeElements(readsTyped) {
  const NAMED_BY_VALUE = new Set(['submit', 'button', 'reset', 'image']);
  const CONTROL = new Set(['A', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'SUMMARY', 'LABEL', 'OPTION', 'AREA']);
  const IGNORED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'META', 'LINK', 'OBJECT', 'EMBED', 'OPTION', 'OPTGROUP', 'DATALIST']);
  const LEAF = new Set(['SELECT', 'TEXTAREA', 'SVG', 'IFRAME', 'FRAME', 'VIDEO', 'AUDIO', 'CANVAS']);
  const SELECTED = ['aria-selected', 'aria-checked', 'aria-pressed'];
  const INVISIBLE = 0.02; // opacity: what is less opaque, nobody sees
  const DIMMED = 0.7; // opacity of what looks disabled, at most
  const DIMMED_POINTER = 0.5; // the same where the pointer says that it can be pressed
  const USUAL_FONT_SIZE = 16; // CSS pixels
  const SHORTEST_LIGATURE = 5; // letters: a shorter text may be narrow by itself
  const NARROWEST_LETTER = 0.21; // of the font's size: no text of that length is narrower
  const FOLDED = '+\uff0b\u229e\u25b6\u25b8\u25ba\u25b9\u203a';
  const UNFOLDED = '-\u2212\u2013\u229f\u25bc\u25be\u25bf';
  const DOT_SIDES = [4, 20]; // CSS pixels
  const ICON_FONT = /icon|symbol|glyph|awesome|dingbat|material design|mdl2/i;
  const DISABLED_WORD = /^(?:[\w-]*[-_])?(?:is-?)?(?:disabled|disable|dsbld?|disd|pasif|inaktif|dis)$|[a-z]Disabled$/;
  const NOT_DISABLED = /(?:^|[-_])(?:no|not|non|un|never|hide|if|when)[-_]?dis/i;

  // Form fields shadow properties of their form (<input name="tagName">), so read these by the prototype's getters.
  const reading = (/** @type {any} */ type, /** @type {string} */ name) => {
    const { get } = /** @type {any} */ (Object.getOwnPropertyDescriptor(type.prototype, name));
    return (/** @type {any} */ node) => get.call(node);
  };
  const tagOf = reading(Element, 'tagName');
  const childrenOf = reading(Node, 'childNodes');
  const parentOf = reading(Node, 'parentNode');
  const typeOf = reading(Node, 'nodeType');

  // A form or document whose own properties and methods no element hides by its name.
  const faceOf = (/** @type {any} */ hidden) => new Proxy(hidden, {
    get(target, name) {
      const value = Reflect.get(Object.getPrototypeOf(target), name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

  // The element itself, or the face of a form.
  const faceOfAny = (/** @type {any} */ element) => (tagOf(element).toUpperCase() === 'FORM' ? faceOf(element) : element);

  const isIconFont = (/** @type {CSSStyleDeclaration} */ style) => ICON_FONT.test(style.fontFamily.split(',')[0]);

  // An icon font draws "chevron_right" as one glyph: far narrower than its letters would be.
  /** @param {string} text @param {DOMRect} box @param {CSSStyleDeclaration} style */
  function looksLikeIcon(text, box, style) {
    if (isIconFont(style)) return true;
    const length = text.trim().length;
    const size = parseFloat(style.fontSize) || USUAL_FONT_SIZE;
    return length >= SHORTEST_LIGATURE && box.width < NARROWEST_LETTER * size * length && box.height < 2 * size;
  }

  // How a number is painted: the current page of a pager may differ from the others in nothing else.
  /** @param {any} element @param {CSSStyleDeclaration} style */
  function paintOf(element, style) {
    let paint = `${style.color} ${style.fontWeight} ${style.textDecorationLine}`;
    for (let one = element, level = 0; one && level < 2; one = one.parentElement, level += 1) {
      const around = window.getComputedStyle(one);
      paint += ` ${around.backgroundColor} ${around.borderTopColor}`;
    }
    return paint;
  }

  // A small round control without content: one of a row of dots.
  /** @param {any} element @param {CSSStyleDeclaration} style @param {DOMRect} box */
  function isDot(element, style, box) {
    if (element.childNodes.length || box.width < DOT_SIDES[0] || box.width > DOT_SIDES[1] || Math.abs(box.width - box.height) > 2 || style.backgroundImage !== 'none') return false;
    const radius = parseFloat(style.borderTopLeftRadius) || 0;
    return style.borderTopLeftRadius.endsWith('%') ? radius >= 40 : radius >= 0.4 * box.width;
  }

  // The text of a label, without that of scripts and of fields in it.
  /** @param {any} element @returns {string} */
  function wordsOf(element) {
    let words = '';
    for (const child of childrenOf(element)) {
      if (typeOf(child) === 3) words += child.nodeValue;
      else if (typeOf(child) === 1 && !IGNORED.has(child.tagName) && !LEAF.has(child.tagName.toUpperCase())) words += wordsOf(child);
    }
    return words;
  }

  /** @param {any} element @param {string} tag @returns {string} */
  function pictureName(element, tag) {
    if (tag === 'IMG' || tag === 'AREA' || (tag === 'INPUT' && element.type === 'image')) {
      return element.getAttribute('alt') || element.getAttribute('title') || element.getAttribute('value') || '';
    }
    if (tag !== 'SVG') return '';
    const title = element.querySelector('title');
    return element.getAttribute('aria-label') || (title ? title.textContent : '') || '';
  }

  // What CSS draws before and after an element as text.
  /** @param {any} element */
  function drawnText(element) {
    let text = '';
    for (const which of ['::before', '::after']) {
      const found = /^"((?:[^"\\]|\\.)*)"/.exec(window.getComputedStyle(element, which).content || '');
      if (found) text += ` ${found[1]}`;
    }
    return text.trim();
  }

  // True if a class says "disabled"; one such as "no-disable" does not.
  /** @param {string} words */
  function saysDisabled(words) {
    return words.split(/\s+/).some((word) => DISABLED_WORD.test(word) && !NOT_DISABLED.test(word));
  }

  // By which attribute an element is disabled, else empty. One without attributes may be disabled by the fieldset around it.
  /** @param {any} element @param {boolean} named */
  function disablingAttribute(element, named) {
    if (!named) return element.disabled !== undefined && element.matches(':disabled') ? 'attribute' : '';
    if (element.matches(':disabled')) return 'attribute';
    if (element.getAttribute('aria-disabled') === 'true') return 'aria-disabled';
    return element.hasAttribute('inert') ? 'inert' : '';
  }

  // True if an element is dimmed more than what is around it. A control with a pointer is dimmed a little by design on some pages.
  /** @param {CSSStyleDeclaration} style @param {number} opacity @param {WalkState} state */
  function isDimmed(style, opacity, state) {
    if (opacity >= state.opacity || opacity < INVISIBLE) return false;
    return opacity <= (style.cursor === 'pointer' ? DIMMED_POINTER : DIMMED);
  }

  // By which of its styles an element looks disabled, else empty.
  /** @param {CSSStyleDeclaration} style @param {number} opacity @param {WalkState} state */
  function disablingStyle(style, opacity, state) {
    if (style.pointerEvents === 'none' && state.pointerEvents !== 'none') return 'pointer-events';
    if (style.cursor === 'not-allowed') return 'cursor';
    return isDimmed(style, opacity, state) ? 'opacity' : '';
  }

  // By which sign an element is disabled, the surest first; empty where nothing says so. Only its own signs count, not those around it.
  /** @param {any} element @param {CSSStyleDeclaration} style @param {number} opacity @param {WalkState} state @param {boolean} named */
  function disabledBy(element, style, opacity, state, named) {
    const sign = disablingAttribute(element, named) || disablingStyle(style, opacity, state);
    if (sign || !named) return sign;
    if (element.hasAttribute('disabled') && element.getAttribute('disabled') !== 'false') return 'marked';
    const words = element.getAttribute('class');
    return words && saysDisabled(words) ? 'class' : '';
  }

  // Label, type and value of a field or a button.
  /** @param {any} element @param {string} tag @param {NodeRecord} record */
  function describeField(element, tag, record) {
    const type = String(element.type || '').toLowerCase();
    record.ty = type;
    if (element.labels && element.labels.length) record.lb = Array.prototype.map.call(element.labels, wordsOf).join(' ');
    const placeholder = element.getAttribute('placeholder');
    if (placeholder) record.ph = placeholder;
    if (type === 'number' || type === 'range') Object.assign(record, { mi: element.min || '', ma: element.max || '' });
    if (element.readOnly) record.ro = 1;
    describeValue(element, tag, type, record);
  }

  /** @param {any} element @param {string} tag @param {string} type @param {NodeRecord} record */
  function describeValue(element, tag, type, record) {
    if (type === 'checkbox' || type === 'radio') {
      record.ck = 1;
      if (element.checked) record.se = 1;
    } else if (tag === 'SELECT') {
      const options = Array.prototype.slice.call(element.options);
      record.op = options.map((/** @type {any} */ option) => option.label); // what is drawn, which an attribute can say
      record.v = options.filter((/** @type {any} */ option) => option.selected).map((/** @type {any} */ option) => option.label).join(' ');
    } else if (type === 'password') record.pw = element.value ? 1 : 0; // never what is typed
    else if (tag !== 'BUTTON' && mayBeRead(element, type)) record.v = element.value;
  }

  // True if the value of a field may leave the page: where a person may be typing (a joined browser), only of fields that take no typing.
  /** @param {any} element @param {string} type */
  function mayBeRead(element, type) {
    return readsTyped || element.readOnly || element.disabled || NAMED_BY_VALUE.has(type);
  }

  // Names, states and actions of anything that may be a control. named: false where it has no attributes, which then need not be asked for.
  /** @param {any} element @param {string} tag @param {NodeRecord} record @param {boolean} named */
  function describeControl(element, tag, record, named) {
    const picture = pictureName(element, tag);
    if (picture) record.alt = picture;
    if (typeof element.onclick === 'function') record.on = 1;
    if (element.isContentEditable) record.ed = 1;
    if (tag === 'DIALOG' && element.matches(':modal')) record.mo = 1;
    const open = expanded(element, tag);
    if (open !== undefined) record.ex = open;
    else if (named && element.hasAttribute('tabindex')) describeMark(element, record);
    if (!named) return;
    describeName(element, record);
    describeState(element, record);
    describeAction(element, tag, record);
  }

  /** @param {any} element @param {NodeRecord} record */
  function describeName(element, record) {
    const attribute = (/** @type {string} */ name) => element.getAttribute(name);
    if (attribute('role')) record.r = attribute('role').trim().split(/\s+/)[0].toLowerCase();
    if (attribute('aria-label')) record.a = attribute('aria-label');
    const by = attribute('aria-labelledby');
    if (by) {
      const inner = element.getRootNode();
      const root = typeOf(inner) === 9 ? document : inner;
      record.by = by.split(/\s+/).map((/** @type {string} */ id) => (root.getElementById && root.getElementById(id) || {}).textContent || '').join(' ').trim();
    }
    if (attribute('title')) record.ti = attribute('title');
  }

  // 1 if something is expanded, 0 if it is collapsed, undefined if it is neither.
  /** @param {any} element @param {string} tag @returns {0 | 1 | undefined} */
  function expanded(element, tag) {
    const value = element.getAttribute('aria-expanded');
    if (value) return value === 'true' ? 1 : 0;
    if (tag !== 'SUMMARY' || element.parentElement.tagName !== 'DETAILS') return undefined;
    return element.parentElement.open ? 1 : 0;
  }

  // Whether a control is folded by the mark that its style draws before its text: a triangle made of borders, or a sign.
  /** @param {any} element @param {NodeRecord} record */
  function describeMark(element, record) {
    const style = window.getComputedStyle(element, '::before');
    if (style.content === 'none' || style.content === 'normal' || style.display === 'none') return;
    const sign = /^"(.)"$/u.exec(style.content);
    const closed = sign ? FOLDED.includes(sign[1]) : pointsTo(style, ['Left', 'Right']);
    if (closed || (sign ? UNFOLDED.includes(sign[1]) : pointsTo(style, ['Top', 'Bottom']))) record.ex = closed ? 0 : 1;
  }

  // True if all borders but one of these are transparent or have no width: that one is drawn as a triangle.
  /** @param {any} style @param {string[]} sides */
  function pointsTo(style, sides) {
    if (style.content !== '""') return false;
    const drawn = ['Top', 'Right', 'Bottom', 'Left'].filter((side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Color`] !== 'rgba(0, 0, 0, 0)');
    return drawn.length === 1 && sides.includes(drawn[0]);
  }

  /** @param {any} element @param {NodeRecord} record */
  function describeState(element, record) {
    const attribute = (/** @type {string} */ name) => element.getAttribute(name);
    if (SELECTED.some((name) => attribute(name) === 'true')) record.se = 1;
    if (attribute('aria-level')) record.lv = Number(attribute('aria-level'));
    if (attribute('aria-current') && attribute('aria-current') !== 'false') record.cur = 1;
    if (attribute('aria-busy') === 'true' || (record.r === 'progressbar' && !element.hasAttribute('aria-valuenow'))) record.wt = 1;
    if (attribute('aria-rowindex')) record.ri = Number(attribute('aria-rowindex'));
    if (attribute('aria-modal') === 'true') record.mo = 1;
  }

  /** @param {any} element @param {string} tag @param {NodeRecord} record */
  function describeAction(element, tag, record) {
    if (element.getAttribute('aria-haspopup')) record.hp = 1;
    if (tag === 'A' && element.href) record.hr = String(element.href);
    if (element.hasAttribute('onclick')) record.on = 1;
    if (element.tabIndex >= 0 && element.hasAttribute('tabindex')) record.tb = 1;
  }

  return {
    CONTROL, IGNORED, LEAF, readsTyped, childrenOf, describeControl, describeField, disabledBy, drawnText, faceOf, faceOfAny, isDot, isIconFont, looksLikeIcon, paintOf, parentOf, tagOf, typeOf, wordsOf,
  };
}

module.exports = { makeElements };
