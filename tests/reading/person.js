// A person at the visible window, who closes the browser's own dialog; played over a connection of its own, as nobody sits at a headless browser.

const seats = new WeakMap();

// Before the page that shows the dialog is opened: while one is open, the page answers no new connection.
async function sitDown(page) {
  const session = await page.context().newCDPSession(page);
  const opened = new Promise((resolve) => session.once('Page.javascriptDialogOpening', resolve));
  await session.send('Page.enable');
  seats.set(page, { session, opened });
}

async function closeDialog(page) {
  const { session, opened } = seats.get(page);
  await opened;
  await new Promise((resolve) => setTimeout(resolve, 1200));
  await session.send('Page.handleJavaScriptDialog', { accept: true });
}

exports.__esModule = true;
exports.sitDown = sitDown;
exports.closeDialog = closeDialog;
