import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { app, dialog, Menu } from 'electron';
import { resourcesDirectory } from '../base/resources.ts';
import { toOssError } from '../contract/errors.ts';
import { languageOf } from '../contract/model/languages.ts';
import { Arrivals } from './arrivals/arrivals.ts';
import { readCommandLine, readLink } from './arrivals/read-command-line.ts';
import { openFront } from './front.ts';
import { registerAppScheme } from './security/scheme.ts';
import { closeDefaultSession } from './security/window-session.ts';
import type { Station, StationOptions } from './station.ts';

/**
 * Composition root of the desktop station: one instance, one clerk's window, everything else behind it. The window
 * comes first; what is behind it is imported when the window asks for it.
 */
registerAppScheme();
app.enableSandbox();

/** From the first moment on: macOS hands over what the station was opened for before it is ready. */
const arrivals = new Arrivals();
app.on('open-file', (event, path) => {
  event.preventDefault();
  arrivals.add(readCommandLine([path], '/'));
});
app.on('open-url', (event, link) => {
  event.preventDefault();
  arrivals.add(readLink(link));
});
arrivals.add(readCommandLine(process.argv.slice(1), process.cwd()));

if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(giveUp);
else app.quit();

/** Loaded with its first line: most starts write none. */
const log = async () => {
  const { jsonLog } = await import('../base/json-log.ts');
  return jsonLog({ name: 'station', level: app.isPackaged ? 'warn' : 'info' });
};

/** What a kill leaves is recovered at the next start: nobody waits longer for a tidy end. */
const TIDY_END_MS = 10_000;

function start(): void {
  Menu.setApplicationMenu(null);
  closeDefaultSession();
  const bundles = join(import.meta.dirname, '..');
  const options: StationOptions = {
    bundles,
    // Beside the archive of the program in a package, beside the sources otherwise.
    resources: resourcesDirectory(),
    arrivals,
    // The code and the field names only: values may be personal data.
    report: ({ code, details }) =>
      void log().then((lines) => lines.warn({ code, fields: details.fields }, 'refused')),
  };
  let opening: Promise<Station | undefined> | undefined;
  let station: Station | undefined;
  const open = async () => (await import('./station.ts')).openStation(front, options);
  const openBackground = async () => {
    opening ??= open().catch(giveUp);
    station = await opening;
  };
  const front = openFront({
    ...options,
    openBackground,
    serviceMode: () => station?.serviceMode(),
    codeChannel: () => station?.codeChannel(),
  });
  const { window } = front.clerk;
  const { updates } = front.stored.policy;
  const notUpdated = (thrown: unknown) =>
    void log().then((lines) => lines.warn({ err: thrown }, 'not updated'));
  // A station that nobody packaged has nothing that an update could take the place of.
  if (updates && app.isPackaged)
    void import('./updates/follow-updates.ts')
      .then(({ followUpdates }) => followUpdates(updates, app.getPath('userData'), notUpdated))
      .catch(notUpdated);
  app.on('second-instance', (_event, given, folder) => {
    arrivals.add(readCommandLine(given.slice(1), folder));
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  // The clerk's window is the station: when it goes, the signer's goes too.
  window.once('closed', () => app.quit());
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    const close = async () => (await opening)?.close();
    void Promise.race([close(), delay(TIDY_END_MS)]).finally(() => {
      closed = true;
      app.quit();
    });
  });
}

/** Without what is behind its window the station is of no use: says why, and ends. */
async function giveUp(thrown: unknown): Promise<undefined> {
  const error = toOssError(thrown);
  (await log()).fatal({ code: error.code, err: error.cause }, 'not started');
  const { errorsTexts } = await import('../texts/errors.ts');
  const { message, action } = errorsTexts[languageOf(app.getLocale().slice(0, 2))][error.code];
  dialog.showErrorBox(message, action);
  app.exit(1);
}
