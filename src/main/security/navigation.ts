import type { WebContents } from 'electron';
import type { WindowRole } from '../../contract/ipc/group.ts';
import { hasOrigin } from './origin.ts';

/** A window shows its one page for life; it may reload it, and nothing else may take its place. */
export const mayNavigate = (url: string, role: WindowRole): boolean =>
  hasOrigin(url, role) && new URL(url).pathname === `/${role}.html`;

/** No other page, no further window, no embedded browser, no matter who asks. */
export function denyNavigation(contents: WebContents, role: WindowRole): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url, role)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
