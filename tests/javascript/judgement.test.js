const assert = require('node:assert/strict');
const { describe, test } = require('node:test');

const { open, recordOf } = require('./page.js');

const BOX = '10 20 100 30';
const textsOf = (body, options) => open(body, options).look().nodes.filter((node) => node.x && node.o !== 2).map((node) => node.x);
const plain = (value) => JSON.parse(JSON.stringify(value)); // an object of the page's own world has another prototype

describe('what can be seen', () => {
  const CASES = {
    'plain text': ['<p data-box="0 0 90 20">Kayıt</p>', ['Kayıt']],
    'display: none': ['<p style="display: none" data-box="0 0 90 20">Kayıt</p>', []],
    'visibility: hidden': ['<p style="visibility: hidden" data-box="0 0 90 20">Kayıt</p>', []],
    'visible again inside what is hidden': ['<p style="visibility: hidden" data-box="0 0 90 20">a<b style="visibility: visible">Kayıt</b></p>', ['Kayıt']],
    'opacity: 0.01': ['<p style="opacity: 0.01" data-box="0 0 90 20">Kayıt</p>', []],
    'two half opacities': ['<div style="opacity: 0.1"><p style="opacity: 0.1" data-box="0 0 90 20">Kayıt</p></div>', []],
    'opacity by a filter': ['<p style="filter: opacity(0%)" data-box="0 0 90 20">Kayıt</p>', []],
    'no size': ['<p data-box="0 0 0 0">Kayıt</p>', []],
    'left of the page': ['<p data-box="-200 0 90 20">Kayıt</p>', []],
    'clipped away': ['<p style="position: absolute; clip: rect(0px, 0px, 0px, 0px)" data-box="0 0 90 20">Kayıt</p>', []],
    'clip-path: inset(100%)': ['<p style="clip-path: inset(100%)" data-box="0 0 90 20">Kayıt</p>', []],
    'a script': ['<script>Kayıt</script>', []],
  };
  for (const [name, [body, expected]] of Object.entries(CASES)) test(name, () => assert.deepEqual(textsOf(body), expected));

  test('an invisible check box is kept, as one that a toolkit draws', () => {
    const record = recordOf(`<input type="checkbox" id="it" style="opacity: 0" data-box="${BOX}">`);
    assert.deepEqual([record.ck, record.gh], [1, 1]);
  });

  test('what scrolls out of a container can be brought back, what a script alone scrolls cannot by hand', () => {
    const { sight } = open('');
    const box = { left: 0, top: 500, right: 50, bottom: 520 };
    const clip = { box: { left: 0, top: 0, right: 100, bottom: 100 }, up: null, x: '', y: 'hand', startX: 0, startY: 0 };
    assert.deepEqual([sight.sight(box, clip), sight.sight(box, { ...clip, y: 'script' }), sight.sight(box, { ...clip, y: '' })], [1, 3, 2]);
    assert.equal(sight.sight({ left: 0, top: -50, right: 50, bottom: -20 }, clip), 2); // before the beginning of what scrolls
    assert.equal(sight.sight({ left: 0, top: 10, right: 50, bottom: 20 }, clip), 0);
  });
});

describe('clipping shapes', () => {
  const { shapes } = open('');
  const box = { left: 10, top: 10, right: 110, bottom: 60, width: 100, height: 50 };
  const CASES = {
    'inset(10px)': { left: 20, top: 20, right: 100, bottom: 50 },
    'inset(0 50% 0 0)': { left: 10, top: 10, right: 60, bottom: 60 },
    'inset(1px 2px 3px 4px round 5px)': { left: 14, top: 11, right: 108, bottom: 57 },
    'polygon(0 0, 50% 0, 50% 100%)': { left: 10, top: 10, right: 60, bottom: 60 },
    'circle(0px)': { left: 0, top: 0, right: 0, bottom: 0 },
    'circle(40px)': null, // most of it is left
    'inset(1em)': null, // not known: all of it counts as seen
  };
  for (const [clipPath, expected] of Object.entries(CASES)) {
    test(clipPath, () => assert.deepEqual(plain(shapes.shownPart({ clipPath, clip: 'auto', position: 'static' }, box)), expected));
  }
});

describe('disabled', () => {
  const CASES = {
    '': '',
    'disabled': 'attribute',
    'aria-disabled="true"': 'aria-disabled',
    'aria-disabled="false"': '',
    'inert': 'inert',
    'style="pointer-events: none"': 'pointer-events',
    'style="cursor: not-allowed"': 'cursor',
    'style="opacity: 0.6"': 'opacity',
    'style="opacity: 0.8"': '',
    'style="opacity: 0.6; cursor: pointer"': '', // dimmed a little by design
    'style="opacity: 0.4; cursor: pointer"': 'opacity',
    'class="btn btn-disabled"': 'class',
    'class="is-disabled"': 'class',
    'class="pasif"': 'class',
    'class="no-disable"': '',
    'class="disabled-look"': '',
  };
  for (const [attributes, expected] of Object.entries(CASES)) {
    test(attributes || 'nothing', () => assert.equal(recordOf(`<button ${attributes} id="it" data-box="${BOX}">Kayıt</button>`).d, expected || undefined));
  }

  test('a fieldset disables a button without attributes', () => {
    const page = open('<fieldset disabled><button>Kayıt</button></fieldset>');
    const button = page.at('button');
    assert.equal(page.elements.disabledBy(button, page.styleOf(button), 1, { opacity: 1, pointerEvents: 'auto' }, false), 'attribute');
  });

  test('an unknown attribute "disabled" marks a link', () => assert.equal(recordOf(`<a href="#" disabled id="it" data-box="${BOX}">Kayıt</a>`).d, 'marked'));

  test('an element that is disabled by its style says nothing of what is in it', () => {
    const nodes = open('<div style="opacity: 0.6"><button data-box="0 0 50 20">Kayıt</button></div>').look().nodes;
    assert.deepEqual(nodes.map((node) => [node.t, node.d]), [['body', undefined], ['div', 'opacity'], ['button', undefined], [undefined, undefined]]);
  });
});

describe('names', () => {
  const named = (html) => recordOf(html.replace('>', ` id="it" data-box="${BOX}">`));

  test('aria-label, title and the text of another element', () => {
    const record = named('<button aria-label="Kapat" title="Pencereyi kapat" aria-labelledby="it it">x</button>');
    assert.deepEqual([record.a, record.ti, record.by], ['Kapat', 'Pencereyi kapat', 'x x']);
  });
  test('the label of a field, without the text of fields and scripts in it', () => {
    const record = recordOf(`<label>Adı <script>no</script><b>Soyadı</b> <input id="it" data-box="${BOX}" placeholder="Ad"></label>`);
    assert.deepEqual([record.lb.trim(), record.ph], ['Adı Soyadı', 'Ad']);
  });
  test('the words of a picture', () => assert.equal(named('<img alt="Onayla">').alt, 'Onayla'));
  test('a text for screen readers names a button that shows none', () => {
    assert.equal(named('<button><span style="opacity: 0">Ara</span></button>').hx, 'Ara');
  });
  test('a glyph before it names a button that shows no text', () => assert.equal(named('<button data-before="&quot;»&quot;"></button>').hx, '»'));
  test('a text that is read needs no other name', () => assert.equal(named('<button>Ara</button>').hx, undefined));
  test('the name of an icon font\'s glyph is no text', () => {
    const [run] = open('<button style="font-family: Material Icons" data-box="0 0 24 24">chevron_right</button>').look().nodes.filter((node) => node.x);
    assert.equal(run.ic, 1);
  });
});

describe('states', () => {
  const state = (html) => recordOf(html.replace('>', ` id="it" data-box="${BOX}">`));
  test('selected', () => assert.equal(state('<div role="option" aria-selected="true">1</div>').se, 1));
  test('pressed', () => assert.equal(state('<button aria-pressed="true">1</button>').se, 1));
  test('checked', () => assert.equal(state('<input type="radio" checked>').se, 1));
  test('expanded and collapsed', () => assert.deepEqual([state('<button aria-expanded="true">1</button>').ex, state('<button aria-expanded="false">1</button>').ex], [1, 0]));
  test('current', () => assert.deepEqual([state('<a href="#" aria-current="page">1</a>').cur, state('<a href="#" aria-current="false">1</a>').cur], [1, undefined]));
  test('loading', () => assert.deepEqual([state('<div role="progressbar">1</div>').wt, state('<div role="progressbar" aria-valuenow="3">1</div>').wt], [1, undefined]));
});

describe('values', () => {
  const field = (html, options) => recordOf(html.replace('>', ` id="it" data-box="${BOX}">`), options);
  test('of a field', () => assert.equal(field('<input value="480">').v, '480'));
  test('of a list', () => {
    const record = field('<select><option>A</option><option selected>B</option></select>');
    assert.deepEqual([record.op, record.v], [['A', 'B'], 'B']);
  });
  test('never of a password', () => {
    const record = field('<input type="password" value="secret">');
    assert.deepEqual([record.pw, record.v], [1, undefined]);
    assert.equal(JSON.stringify(record).includes('secret'), false);
  });
  test('not of a field in which a person may be typing', () => {
    const typed = { readsTyped: false };
    assert.equal(field('<input value="480">', typed).v, undefined);
    assert.equal(field('<input value="480" readonly>', typed).v, '480');
    assert.equal(field('<input type="submit" value="Kayıt">', typed).v, 'Kayıt');
  });
});

describe('covered', () => {
  const button = `<button id="it" data-box="${BOX}">Kayıt</button>`;
  const over = (style, box, inside = '') => recordOf(`${button}<div style="${style}" data-box="${box}">${inside}</div>`);

  test('by a layer over it', () => assert.equal(over('position: fixed', '0 0 1000 800').c, 1));
  test('not by a layer beside it', () => assert.equal(over('position: fixed', '500 500 100 100').c, undefined));
  test('not by a layer that lets clicks through', () => assert.equal(over('position: fixed; pointer-events: none', '0 0 1000 800').c, undefined));
  test('not by what is not placed by itself', () => assert.equal(over('', '0 0 1000 800').c, undefined));
  test('a bar along an edge hides it only until it is scrolled', () => {
    const record = over('position: fixed', '0 0 1000 60');
    assert.deepEqual([record.c, record.o], [undefined, 1]);
  });
  test('not by its own contents', () => {
    const record = recordOf(`<button id="it" data-box="${BOX}"><span style="position: absolute" data-box="12 22 60 20">Kayıt</span></button>`);
    assert.equal(record.c, undefined);
  });
});

describe('covered in a frame', () => {
  const over = (style) => {
    const page = open(`<div id="frame" data-box="0 0 200 200"></div><div style="${style}" data-box="0 0 200 200"></div>`);
    const frame = page.at('#frame');
    const candidate = { record: {}, element: frame, box: { left: 10, top: 10, right: 50, bottom: 50 }, order: 1, last: 1 };
    page.sight.markCovered([{ holder: frame, x: 0, y: 0 }], [candidate], []);
    return candidate.record.c;
  };
  test('by a layer over the frame', () => assert.equal(over('position: fixed'), 1));
  test('not by what is not placed by itself', () => assert.equal(over(''), undefined));
});

describe('what would take a click', () => {
  const taker = (body, { hit = '#hit', strict = false } = {}) => {
    const page = open(body);
    return page.press.takerOf(page.at(hit), page.at('#it'), page.at('#it'), strict);
  };
  test('the control itself', () => assert.equal(taker('<button id="it">Kayıt</button>', { hit: '#it' }), ''));
  test('a part of the control', () => assert.equal(taker('<button id="it"><b id="hit">Kayıt</b></button>'), ''));
  test('the label of a check box', () => assert.equal(taker('<label id="hit">Seç <input type="checkbox" id="it"></label>'), ''));
  test('another button', () => assert.equal(taker('<button id="it">Kayıt</button><button id="hit">Sil</button>'), '<button> "Sil"'));
  test('another button inside the control', () => assert.equal(taker('<div id="it">Kayıt <button id="hit">Sil</button></div>'), '<button> "Sil"'));
  test('nothing', () => assert.equal(taker('<button id="it">Kayıt</button>', { hit: '#none' }), 'nothing'));
  test('words over the control', () => assert.equal(taker(`<div><button id="it" data-box="${BOX}">Kayıt</button><p id="hit" data-box="${BOX}">Bekleyin</p></div>`), '<p> "Bekleyin"'));
  test('a small thing without words beside it is drawn with it', () => {
    const body = `<div><button id="it" data-box="${BOX}">Kayıt</button><i id="hit" data-box="12 22 10 10"></i></div>`;
    assert.equal(taker(body), '');
    assert.equal(taker(body, { strict: true }), '<i> ""');
  });
});
