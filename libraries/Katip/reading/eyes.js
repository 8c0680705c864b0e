// What the page reader sees and does, run beside Playwright: one round trip a call. This is the extension that `driver.py` loads.
//
// A look returns everything that a person would see on the page and in its visible frames, as plain data: text runs, controls, values,
// boxes, states. Nothing is decided here: what a label means and where a value belongs is decided in Python, once, for every toolkit.
// Only the signals that every browser knows are used (tag, ARIA, computed style, geometry): never a toolkit's class or id.

const act = require('./eyes/act.js');
const download = require('./eyes/download.js');
const look = require('./eyes/look.js');
const picture = require('./eyes/picture.js');
const tabs = require('./eyes/tabs.js');
const { katipJoin } = require('./eyes/world.js');

module.exports = { katipJoin, ...look, ...act, ...download, ...tabs, katipCutOut: picture.katipCutOut, katipPicture: picture.katipPicture };
