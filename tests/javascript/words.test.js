const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { describe, test } = require('node:test');

const { makeCover } = require('../../libraries/Katip/reading/eyes/cover.js');
const { open } = require('./page.js');

const textsOf = (body) => open(body).look().nodes.filter((node) => node.x && node.o !== 2).map((node) => node.x);

describe('text as it is drawn', () => {
  const CASES = {
    'as it is written': ['', 'Kayıt'],
    'lower than anybody can read': ['', '', '0 0 90 3'],
    'struck through': ['text-decoration-line: line-through', 'K\u0336a\u0336y\u0336ı\u0336t\u0336'],
    'in the colour of the ground': ['-webkit-text-fill-color: rgb(255, 255, 255)', ''],
    'nearly in the colour of the ground': ['-webkit-text-fill-color: rgb(250, 250, 250)', ''],
    'in a transparent colour': ['-webkit-text-fill-color: rgba(0, 0, 0, 0.01)', ''],
    'in no colour, with a shadow': ['-webkit-text-fill-color: rgba(0, 0, 0, 0); text-shadow: 1px 1px red', 'Kayıt'],
    'as dots': ['-webkit-text-security: disc', '•••••'],
  };
  for (const [name, [style, expected, box = '0 0 90 20']] of Object.entries(CASES)) {
    test(name, () => assert.deepEqual(textsOf(`<p style="${style}" data-box="${box}">Kayıt</p>`), expected ? [expected] : []));
  }
});

describe('numbers and secrets in pictures', () => {
  const { cases } = JSON.parse(readFileSync(path.join(__dirname, '../vectors/covered.json'), 'utf8'));
  const { hitsIn } = makeCover();
  for (const { text, secrets = [], hidden = [], kept = [] } of cases) {
    test(JSON.stringify(text), () => {
      const hits = hitsIn(text, secrets);
      const left = Array.from(text, (_, at) => at).map((at) => (hits.some(([from, to]) => from <= at && at < to) ? ' ' : text.charAt(at))).join('');
      assert.deepEqual(hidden.filter((one) => left.includes(one)), []);
      assert.deepEqual(kept.filter((one) => !left.includes(one)), []);
      assert.equal(hits.length > 0, hidden.length > 0);
    });
  }
});

describe('all of a page, or none of it', () => {
  test('fields that have the names of properties of their form hide nothing', () => {
    const names = ['tagName', 'childNodes', 'nodeType', 'getAttribute', 'getBoundingClientRect', 'hasAttributes', 'matches'];
    const fields = names.map((name) => `<input name="${name}" value="${name}">`).join('');
    const { nodes } = open(`<form data-box="0 0 400 300"><p>Kayıt</p>${fields}</form>`).look();
    assert.deepEqual(nodes.filter((node) => node.v).map((node) => node.v), names);
    assert.ok(nodes.some((node) => node.x === 'Kayıt'));
  });

  test('an element that cannot be read makes the page one that is not read', () => {
    const page = open('<p>Kayıt</p><div id="it"></div>');
    page.at('#it').checkVisibility = () => { throw new Error('bent'); };
    const seen = page.look();
    assert.deepEqual([seen.exceeded, seen.nodes], ['an element that cannot be read', []]);
  });

  test('so does more text than a person reads on one page', () => {
    const seen = open(`<p>${'a'.repeat(2e6 + 1)}</p>`).look();
    assert.deepEqual([seen.exceeded, seen.nodes], ['more than 2000000 characters of text', []]);
  });
});

test('the words of an element are read again without touching the look', () => {
  const page = open('<button id="it" data-box="0 0 50 20">Kayıt</button><p>Başka</p>');
  const { nodes, elements, states } = page.collect(1, false);
  const at = elements.indexOf(page.at('#it'));
  page.at('#it').textContent = 'Sil';
  assert.equal(page.wordsIn(page.at('#it'), states[at]), 'Sil');
  assert.deepEqual(Array.from(nodes).filter((node) => node.x).map((node) => node.x), ['Kayıt', 'Başka']);
});

describe('movement', () => {
  const movementOf = (page) => {
    const { seen, elements } = page.collect(1, false);
    return page.movement.ofPage(seen, elements);
  };
  const differs = (body, change) => {
    const page = open(body);
    for (const element of page.document.querySelectorAll('*')) element.getAnimations = () => [];
    const before = movementOf(page);
    change(page);
    return movementOf(page) !== before;
  };
  const BUTTON = '<button data-box="0 0 90 20">Kayıt<span style="pointer-events: none; position: absolute" class="wave" id="it" data-box="0 0 20 20"><i></i><i></i></span></button>';
  test('a text is one', () => assert.equal(differs('<p id="it">a</p>', (page) => { page.at('#it').textContent = 'b'; }), true));
  test('a place is one', () => assert.equal(differs('<button id="it" data-box="0 0 9 9">a</button>', (page) => { page.at('#it').dataset.box = '0 5 9 9'; }), true));
  test('a wave in a pressed button is none', () => assert.equal(differs(BUTTON, (page) => { page.at('#it').dataset.box = '0 0 40 40'; }), false));
  test('words in it are one', () => assert.equal(differs(BUTTON, (page) => { page.at('#it').textContent = 'Sil'; }), true));
});
