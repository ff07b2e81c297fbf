import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import type { WindowRole } from '../../contract/ipc/group.ts';
import { appHandler } from '../documents/app-handler.ts';
import { DocumentGrants } from '../documents/grants.ts';
import type { KnownCallers } from '../ipc/sender-policy.ts';
import { denyNavigation } from '../security/navigation.ts';
import { pageOf } from '../security/origin.ts';
import { openWindowSession } from '../security/window-session.ts';

export interface WindowHost {
  /** Folder of the compiled `preload` and `renderer`. */
  readonly bundles: string;
  readonly packaged: boolean;
  readonly callers: KnownCallers;
}

/** One window of the station with what belongs to it alone. */
export interface StationWindow {
  /** Chromium's number of its contents; known after the window is gone, too. */
  readonly contentsId: number;
  readonly window: BrowserWindow;
  readonly grants: DocumentGrants;
}

/**
 * Makes a window in its sandbox; it shows itself when its page has been drawn.
 * @param fragment of its address, with the hash
 */
export function openWindow(
  host: WindowHost,
  role: WindowRole,
  look: Omit<BrowserWindowConstructorOptions, 'webPreferences' | 'show'>,
  fragment = '',
): StationWindow {
  const grants = new DocumentGrants();
  const handler = appHandler(role, join(host.bundles, 'renderer'), grants);
  const { session, partition } = openWindowSession(role, handler);
  const window = new BrowserWindow({
    ...look,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(host.bundles, 'preload', `${role}.cjs`),
      partition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !host.packaged,
    },
  });
  const contentsId = window.webContents.id;
  host.callers.add({ role, contentsId });
  denyNavigation(window.webContents, role);
  window.once('ready-to-show', () => window.show());
  window.once('closed', () => {
    host.callers.remove(contentsId);
    grants.revokeAll();
    void session.clearStorageData();
  });
  void window.loadURL(pageOf(role) + fragment);
  return { window, grants, contentsId };
}
