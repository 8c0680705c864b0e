// What is checked in the last moment before something is pressed or typed: that page and frame are of the origins that are allowed.

const ELSEWHERE = 'KATIP-ELSEWHERE';

// The origin of a frame's document, as `origins.py` tells it; `null` equals none.
function originOf(frame) {
  const url = frame.url();
  if (url === '' || /^about:/i.test(url)) return frame.parentFrame() ? originOf(frame.parentFrame()) : 'null';
  try {
    const { protocol, origin } = new URL(url);
    return ['http:', 'https:', 'blob:'].includes(protocol) ? origin : 'null';
  } catch {
    return 'null';
  }
}

// Throws unless the frame and everything that holds it are of one of the origins.
function requireOrigins(frame, origins) {
  for (let one = frame; origins && one; one = one.parentFrame()) {
    const origin = originOf(one);
    if (origin === 'null' || !origins.includes(origin)) throw new Error(`${ELSEWHERE}: ${origin}`);
  }
}

module.exports = { requireOrigins };
