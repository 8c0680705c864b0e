// Keeps what a press brings: a download, in whichever tab, or a tab that shows a document.

/**
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Download} Download
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./beside').Place} Place
 */

const { writeFile } = require('fs/promises');
const { DIALOG_PATIENCE_MS, remembered, untilDialog } = require('./context.js');
const { elementOf } = require('./world.js');

const suffixOf = (/** @type {string} */ name) => (/\.([a-z0-9]{1,5})$/i.exec(name || '') || ['', ''])[1].toLowerCase();
/** @type {Record<string, string>} */
const SUFFIXES = { 'application/pdf': 'pdf', 'text/html': 'html', 'text/plain': 'txt', 'image/png': 'png', 'image/tiff': 'tif' };

// True in a tab once it shows a document that is loaded: one that only downloads stays empty.
function isShown() {
  if (document.readyState !== 'complete' || !document.body) return false;
  return document.URL !== 'about:blank' || document.body.childElementCount > 0 || document.body.textContent.trim() !== '';
}

// Wait for a download, in whichever tab, or for a new tab that shows a document.
/** @param {BrowserContext} context @param {Page} page @param {number} timeout */
function delivery(context, page, timeout) {
  let stop = () => {};
  const come = new Promise((resolve, reject) => {
    const onDownload = (/** @type {Download} */ download) => resolve({ download });
    const onTab = (/** @type {Page} */ tab) => {
      tab.on('download', onDownload);
      tab.waitForFunction(isShown, undefined, { timeout }).then(() => resolve({ tab }), () => {});
    };
    page.on('download', onDownload);
    context.on('page', onTab);
    const timer = setTimeout(() => reject(new Error(`nothing to keep came within ${timeout} ms`)), timeout);
    stop = () => {
      clearTimeout(timer);
      page.off('download', onDownload);
      context.off('page', onTab);
    };
  });
  come.catch(() => {});
  return { come, stop };
}

/** @param {BrowserContext} context @param {Page} tab @param {string} stem */
async function keepTab(context, tab, stem) {
  const url = tab.url();
  /** @type {string | Buffer} */
  let body;
  let suffix = 'html';
  if (/^https?:/.test(url)) {
    const response = await context.request.get(url);
    if (!response.ok()) throw new Error(`the print-out's tab answered with ${response.status()}`);
    const kind = (response.headers()['content-type'] || '').split(';')[0].trim().toLowerCase();
    body = await response.body();
    suffix = SUFFIXES[kind] || 'bin';
  } else {
    body = await tab.content();
  }
  await writeFile(`${stem}.${suffix}`, body);
  await tab.close();
  return suffix;
}

/** @param {BrowserContext} context @param {Place & { timeout: number, stem: string }} request */
async function katipDownload(context, request) {
  const state = remembered(context);
  const element = await elementOf(state, request);
  const { page } = state;
  const { come, stop } = delivery(context, page, request.timeout);
  try {
    const { dialog } = await untilDialog(state, element.click({ timeout: request.timeout }), DIALOG_PATIENCE_MS);
    if (dialog) return { dialog };
    const { download, tab } = await come;
    if (tab) return { suffix: await keepTab(context, tab, request.stem) };
    const suffix = suffixOf(download.suggestedFilename()) || 'bin';
    await download.saveAs(`${request.stem}.${suffix}`);
    if (download.page() !== page) await download.page().close().catch(() => {});
    return { suffix };
  } finally {
    stop();
  }
}

module.exports = { katipDownload };
