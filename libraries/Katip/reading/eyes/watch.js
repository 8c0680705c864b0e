// Notices that one document has changed, without reading it; evaluated in the page's isolated world.
//
// It only tells when reading the document again is worth while. Not everything can be noticed (a rule that a script changes in a style sheet,
// a closed shadow root, a field's value that a script sets): what a look returns is therefore always read anew, and nothing is taken from here.

function makeWatch() {
  const EVENTS = ['scroll', 'input', 'change', 'focusin', 'focusout', 'toggle', 'load', 'error', 'transitionrun', 'transitionend', 'animationstart',
    'animationend', 'slotchange', 'fullscreenchange', 'pointerover', 'pointerout'];
  const FRAMES = 2;
  const LONGEST_FRAMES_MS = 250; // a page that is not in sight draws none
  const EVERYTHING = { subtree: true, childList: true, attributes: true, characterData: true };
  let times = 0;
  let last = performance.now();
  let frames = 0; // drawn since the document was watched first, as far as they were counted
  let lastFrame = 0;
  let left = 0;

  // Count the first frames after a change: a page without time to draw one has not answered yet.
  function count() {
    frames += 1;
    left -= 1;
    if (left > 0) requestAnimationFrame(count);
  }

  const note = () => {
    times += 1;
    last = performance.now();
    lastFrame = frames;
    if (left <= 0) requestAnimationFrame(count);
    left = FRAMES;
  };
  const observer = new MutationObserver(note);
  const roots = new Set();

  /** @param {Document | ShadowRoot} root */
  function watchRoot(root) {
    if (roots.has(root)) return;
    roots.add(root);
    observer.observe(root, EVERYTHING);
    for (const type of EVENTS) root.addEventListener(type, note, { capture: true, passive: true });
  }

  // True while anything is animated by style: its place changes without any other sign.
  function isAnimated() {
    for (const root of roots) if (!root.isConnected) roots.delete(root);
    return Array.from(roots).some((root) => root.getAnimations().some((/** @type {Animation} */ animation) => animation.playState === 'running'));
  }

  // Return a function that tells whether the page has drawn what it changed last.
  function drawing() {
    const [from, since] = [lastFrame, last];
    return () => document.visibilityState === 'hidden' || frames - from >= FRAMES || performance.now() - since > LONGEST_FRAMES_MS;
  }

  // How often something was noticed, and for how many milliseconds nothing was.
  function told() {
    if (observer.takeRecords().length || isAnimated()) note();
    return { times, age: performance.now() - last };
  }

  // Begin with the first look: a document that is not looked at is not watched either.
  function begin() {
    if (roots.size) return;
    watchRoot(window.document);
    window.addEventListener('resize', note);
    if (document.fonts) document.fonts.addEventListener('loadingdone', note);
    note();
  }

  return { begin, drawing, told, watchRoot };
}

module.exports = { makeWatch };
