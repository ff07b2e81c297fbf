import { join } from 'node:path';
import { app, dialog, Menu } from 'electron';
import { pino } from 'pino';
import { toOssError } from '../contract/errors.ts';
import { registerAppScheme } from './security/scheme.ts';
import { closeDefaultSession } from './security/window-session.ts';
import { openStation } from './station.ts';

/** Composition root of the desktop station: one instance, one clerk's window, everything else behind it. */
const log = pino({ name: 'station', level: app.isPackaged ? 'warn' : 'info' });

registerAppScheme();
app.enableSandbox();

if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  Menu.setApplicationMenu(null);
  closeDefaultSession();
  try {
    const bundles = join(import.meta.dirname, '..');
    const station = openStation({
      bundles,
      resources: join(bundles, '..', 'resources'),
      // The code and the field names only: values may be personal data.
      report: ({ code, details }) => log.warn({ code, fields: details.fields }, 'refused'),
    });
    const { window } = station.clerk;
    app.on('second-instance', () => {
      if (window.isMinimized()) window.restore();
      window.focus();
    });
    // The clerk's window is the station: when it goes, the signer's goes too.
    window.once('closed', () => app.quit());
    let closed = false;
    app.on('will-quit', (event) => {
      if (closed) return;
      event.preventDefault();
      void station.close().finally(() => {
        closed = true;
        app.quit();
      });
    });
  } catch (thrown) {
    const error = toOssError(thrown);
    log.fatal({ code: error.code, err: error.cause }, 'not started');
    const { message, action } = error;
    dialog.showErrorBox(message, action);
    app.exit(1);
  }
}
