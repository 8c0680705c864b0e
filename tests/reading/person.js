// A person at the visible window, who closes the browser's own dialog; played over a connection of its own, as nobody sits at a headless browser.

const sessions = new WeakMap();

async function sitDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.enable');
  sessions.set(page, session);
}

async function closeDialog(page) {
  await sessions.get(page).send('Page.handleJavaScriptDialog', { accept: true });
}

exports.__esModule = true;
exports.sitDown = sitDown;
exports.closeDialog = closeDialog;
