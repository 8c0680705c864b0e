// What of a look counts as movement; evaluated in the page's isolated world.
//
// A page is still once nothing moves that a person reads or presses. The sign with which a control answers a press (a wave, a glow) is none of
// that: it has no words, lies in the control, and takes no press itself.

/** @typedef {import('./types').NodeRecord} NodeRecord */

function makeMovement() {
  const PLAIN = new Set(['p', 't', 'b', 'bl', 'd', 'o', 'c', 'pe', 's', 'sh', 'sv', 'l']);
  const PLAIN_TAGS = new Set(['div', 'span', 'i']);
  const CONTROLS = new Set(['a', 'button', 'input', 'label', 'summary']);

  const isPlain = (/** @type {NodeRecord} */ record) => PLAIN_TAGS.has(record.t || '') && Object.keys(record).every((key) => PLAIN.has(key));
  /** @param {NodeRecord} record */
  const isControl = (record) => CONTROLS.has(record.t || '') || record.cu !== undefined || record.tb !== undefined || record.on !== undefined;

  /** @param {Element} element */
  function isEndless(element) {
    return element.getAnimations().some((animation) => animation.effect && animation.effect.getComputedTiming().endTime === Infinity);
  }

  // For each node whether it is only such a sign.
  /** @param {NodeRecord[]} nodes @param {Element[]} elements */
  function signs(nodes, elements) {
    const telling = nodes.map((record) => !isPlain(record));
    for (let index = nodes.length - 1; index >= 0; index -= 1) if (telling[index] && nodes[index].p >= 0) telling[nodes[index].p] = true;
    /** @type {boolean[]} */
    const inControl = [];
    nodes.forEach((record, index) => { inControl[index] = record.p >= 0 && (inControl[record.p] || isControl(nodes[record.p])); });
    return nodes.map((record, index) => !telling[index] && inControl[index]
      && window.getComputedStyle(elements[index]).pointerEvents === 'none' && !isEndless(elements[index]));
  }

  // Numbers of parents and lines change with every node that comes or goes elsewhere.
  /** @param {string} key @param {unknown} value */
  const withoutPlace = (key, value) => (key === 'p' || key === 'l' ? undefined : value);

  // What must not change while the page is still, as a text.
  /** @param {{ nodes: NodeRecord[] }} seen @param {Element[]} elements */
  function ofPage({ nodes, ...rest }, elements) {
    const isSign = signs(nodes, elements);
    return JSON.stringify({ ...rest, nodes: nodes.filter((_, index) => !isSign[index]) }, withoutPlace);
  }

  // The same of one element and what is in it; empty where it is gone.
  /** @param {Element} element @param {NodeRecord[]} nodes @param {Element[]} elements */
  function ofPart(element, nodes, elements) {
    const first = elements.indexOf(element);
    if (first < 0) return '';
    let end = first + 1;
    while (end < nodes.length && nodes[end].p >= first) end += 1;
    return JSON.stringify(nodes.slice(first, end), withoutPlace);
  }

  return { ofPage, ofPart };
}

module.exports = { makeMovement };
