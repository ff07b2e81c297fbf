import { Browser } from '../chromium/browser.ts';
import { App } from './app.ts';
import { createBrowserWindow } from './browser-window.ts';
import type { CommandLine } from './command-line.ts';
import { dialog } from './dialogs.ts';
import { IpcMain } from './ipc-main.ts';
import { onlyProvided } from './provided.ts';
import { Schemes } from './schemes.ts';
import { createSessions } from './session.ts';
import { clipboard, menu, powerMonitor, screen, shell, utilityProcess } from './surroundings.ts';

const isHeadless = (): boolean => process.env.STANDIN_HEADLESS === '1' || !process.env.DISPLAY;

/** The module that `electron` resolves to, what can begin before the application, and the start that makes the app ready. */
export function createElectron(line: CommandLine) {
  const app = new App(line);
  const ipcMain = new IpcMain();
  const schemes = new Schemes();
  const sessions = createSessions();
  let starting: Promise<Browser> | undefined;
  let browser: Browser | undefined;
  const BrowserWindow = createBrowserWindow({
    app,
    ipcMain,
    schemes,
    sessions,
    isVisible: !isHeadless(),
    browser: () => {
      if (!browser) throw new Error('Cannot create BrowserWindow before app is ready');
      return browser;
    },
  });

  const electron = {
    app: onlyProvided('app', app),
    BrowserWindow,
    Menu: menu,
    clipboard,
    dialog,
    ipcMain: onlyProvided('ipcMain', ipcMain),
    protocol: onlyProvided('protocol', {
      registerSchemesAsPrivileged: (list: { scheme: string }[]) => schemes.register(list),
    }),
    powerMonitor,
    screen,
    session: onlyProvided('session', sessions),
    shell,
    utilityProcess,
    /** Playwright finds the window of a page by this. */
    webContents: onlyProvided('webContents', {
      fromDevToolsTargetId: (targetId: string) => BrowserWindow.fromTarget(targetId)?.webContents,
    }),
  };

  function launch(): Promise<Browser> {
    const headless = isHeadless();
    const port = app.commandLine.hasSwitch('remote-debugging-port')
      ? app.commandLine.getSwitchValue('remote-debugging-port')
      : undefined;
    const running = process.env.STANDIN_BROWSER;
    const options = { userData: app.getPath('userData'), headless, debuggingPort: port, running };
    const started = Browser.start(options, () => app.exit(0));
    app.shutDown = async () => (await started).stop();
    return started;
  }

  /** Chromium comes up while the application loads, as it does within Electron; never twice for one profile. */
  function prepare(): void {
    if (!app.isSecondInstance()) starting = launch();
  }

  async function start(): Promise<void> {
    if (app.isQuitting()) return;
    starting ??= launch();
    browser = await starting;
    const { connection } = browser;
    // A link may open a page past `window.open`: the opener's handler is asked, and the page closed.
    connection.on('Target.targetCreated', ({ targetInfo: { targetId, openerId, url } }) => {
      const opener = openerId === undefined ? undefined : BrowserWindow.fromTarget(openerId);
      if (!opener) return;
      void connection.send('Target.closeTarget', { targetId });
      opener.webContents.judgeWindowOpen(schemes.toApplication(url));
    });
    connection.on('Target.targetDestroyed', ({ targetId }) =>
      BrowserWindow.fromTarget(targetId)?.becomeGone(),
    );
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
    app.becomeReady();
  }
  return { electron: onlyProvided('electron', electron), prepare, start };
}
