// A page without a browser: jsdom's document, with boxes, styles and hits as far as the judgements of the reader need them.
//
// Boxes stand in `data-box="left top width height"`; an element without one has that of the element around it, a text that of its element.
// What comes later in the document lies over what comes earlier.

const path = require('node:path');
const { JSDOM } = require('jsdom');

const EYES = path.join(__dirname, '../../libraries/Katip/reading/eyes');
const { makeCollect } = require(path.join(EYES, 'collect.js'));
const { makeDrawn } = require(path.join(EYES, 'drawn.js'));
const { makeElements } = require(path.join(EYES, 'elements.js'));
const { makeFacts } = require(path.join(EYES, 'facts.js'));
const { makeGround } = require(path.join(EYES, 'ground.js'));
const { makeMovement } = require(path.join(EYES, 'movement.js'));
const { makePress } = require(path.join(EYES, 'press.js'));
const { makeShapes } = require(path.join(EYES, 'shapes.js'));
const { makeSight } = require(path.join(EYES, 'sight.js'));
const { makeWatch } = require(path.join(EYES, 'watch.js'));

// The initial values of the properties that are asked for; those that are inherited are asked of the elements around.
const INITIAL = {
  display: 'inline', contentVisibility: 'visible', visibility: 'visible', opacity: '1', filter: 'none', position: 'static', transform: 'none', zIndex: 'auto',
  clipPath: 'none', clip: 'auto', overflowX: 'visible', overflowY: 'visible', cursor: 'auto', pointerEvents: 'auto', fontFamily: 'Arial', fontSize: '16px',
  color: 'rgb(0, 0, 0)', fontWeight: '400', textDecorationLine: 'none', backgroundColor: 'rgba(0, 0, 0, 0)', borderTopColor: 'rgb(0, 0, 0)',
  backgroundImage: 'none', maskImage: 'none', listStyleType: 'disc', transformStyle: 'flat', backfaceVisibility: 'visible', rotate: 'none', scale: 'none', float: 'none',
  letterSpacing: 'normal', direction: 'ltr', unicodeBidi: 'normal', webkitBackgroundClip: 'border-box', webkitTextFillColor: 'rgb(0, 0, 0)', webkitTextSecurity: 'none',
  webkitTextStrokeWidth: '0px', textShadow: 'none', borderTopLeftRadius: '0px', content: 'normal', top: 'auto', left: 'auto', paddingLeft: '0px', paddingTop: '0px',
};
const INHERITED = new Set(['visibility', 'cursor', 'pointerEvents', 'fontFamily', 'fontSize', 'color', 'fontWeight']);
const BLOCKS = new Set(['HTML', 'BODY', 'DIV', 'P', 'TABLE', 'TBODY', 'TR', 'TD', 'TH', 'UL', 'LI', 'FORM', 'FIELDSET', 'DIALOG', 'H1', 'NAV']);

function valueOf(element, name) {
  const own = element.style[name];
  if (own) return own;
  if (INHERITED.has(name) && element.parentElement) return valueOf(element.parentElement, name);
  return name === 'display' && BLOCKS.has(element.tagName) ? 'block' : INITIAL[name];
}

function boxOf(element) {
  const given = element.closest('[data-box]');
  const [left, top, width, height] = given ? given.dataset.box.split(' ').map(Number) : [0, 0, 1000, 800];
  return { left, top, width, height, x: left, y: top, right: left + width, bottom: top + height };
}

// Give a document what jsdom does not have: styles, boxes, visibility and hits.
function layOut({ window }) {
  const { document } = window;
  window.innerWidth = 1000;
  window.innerHeight = 800;
  window.getComputedStyle = (element, pseudo) => new Proxy({}, {
    get: (_, name) => (pseudo ? element.getAttribute(`data-${pseudo.slice(2)}`) || 'none' : valueOf(element, name)),
  });
  const isShown = (element) => !element.closest('[style*="display: none"]') && Number(valueOf(element, 'opacity')) > 0;
  Object.assign(window.Element.prototype, { getBoundingClientRect() { return boxOf(this); }, checkVisibility() { return isShown(this) || !this.closest('[style*="display: none"]'); } });
  Object.defineProperty(window.HTMLElement.prototype, 'isContentEditable', { get() { return Boolean(this.closest('[contenteditable="true"]')); } });
  window.Range.prototype.getBoundingClientRect = function boxOfRange() { return boxOf(this.startContainer.nodeType === 1 ? this.startContainer : this.startContainer.parentElement); };
  window.Document.prototype.elementsFromPoint = (x, y) => Array.from(document.querySelectorAll('body, body *')).filter((element) => {
    const box = boxOf(element);
    return valueOf(element, 'pointerEvents') !== 'none' && element.checkVisibility() && box.left <= x && x < box.right && box.top <= y && y < box.bottom;
  }).reverse();
  window.Document.prototype.elementFromPoint = (x, y) => document.elementsFromPoint(x, y)[0] || null;
}

// Open a page and put the parts together in it, as text, as `world.js` does.
function open(body, { readsTyped = true } = {}) {
  const dom = new JSDOM(`<!doctype html><body>${body}</body>`, { runScripts: 'outside-only', url: 'http://portal.test/' });
  layOut(dom);
  const make = (part, ...given) => dom.window.eval(`(${part})`)(...given);
  const press = make(makePress);
  const shapes = make(makeShapes);
  const elements = make(makeElements, readsTyped);
  const sight = make(makeSight, elements, press);
  const [drawn, ground] = [make(makeDrawn), make(makeGround)];
  const facts = make(makeFacts, shapes, drawn, elements, sight, ground);
  const { collect, wordsIn } = make(makeCollect, shapes, drawn, elements, sight, ground, facts, make(makeWatch));
  const { document } = dom.window;
  return {
    document, press, shapes, elements, sight, collect, wordsIn, movement: make(makeMovement),
    at: (selector) => document.querySelector(selector),
    styleOf: (element) => dom.window.getComputedStyle(element),
    look: (colours = false) => JSON.parse(JSON.stringify(collect(1, colours).seen)),
  };
}

// The record of the element with an id, of one look at a page.
function recordOf(body, options) {
  const page = open(body, options);
  const found = page.look().nodes;
  const index = found.findIndex((node) => node.t && node.b.join(' ') === page.at('#it').dataset.box);
  return index < 0 ? null : found[index];
}

module.exports = { open, recordOf };
