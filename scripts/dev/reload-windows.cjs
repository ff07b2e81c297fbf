// Loaded before the station by `npm run dev`, in Electron and in the stand-in alike: reloads every window when the
// mark of the compilation changes. The product has no part in it.
const { watchFile } = require('node:fs');
const { join } = require('node:path');
const { BrowserWindow } = require('electron');

const MARK = join(__dirname, '..', '..', 'out', 'development');

watchFile(MARK, { interval: 200, persistent: false }, () => {
  for (const { webContents } of BrowserWindow.getAllWindows()) {
    // A window may be closing.
    webContents.executeJavaScript('location.reload()').catch(() => undefined);
  }
});
