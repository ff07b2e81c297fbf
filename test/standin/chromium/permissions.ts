import type { Session } from '../host/session.ts';
import type { Browser } from './browser.ts';

/** Electron's names of permissions, and Chromium's that stand for them. */
const PERMISSIONS: ReadonlyMap<string, string> = new Map([
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
]);

/** Asks the session once for each permission and tells Chromium the response for this origin. */
export async function applyPermissions(browser: Browser, session: Session, origin: string): Promise<void> {
  const context = await browser.contextOf(session);
  await Promise.all(
    [...PERMISSIONS].map(async ([name, electronName]) => {
      const media = { camera: ['video'], microphone: ['audio'] }[name];
      const setting = (await session.permits(electronName, media)) ? 'granted' : 'denied';
      const permission = { permission: { name }, setting, origin, ...context } as const;
      await browser.connection.send('Browser.setPermission', permission);
    }),
  );
}
