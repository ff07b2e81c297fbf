import type { ElectronApplication, Page } from '@playwright/test';
import { adminWindowOpenedBy, expect, type Station } from './station.ts';

/** What an administrator does, in their own words. */
export const PASSPHRASE = 'el tren sale a las ocho';
export const PASSWORD = 'correct horse battery';

/** @returns the window of the administrator, at its gate */
export async function openAdministration({ app, clerk }: Station): Promise<Page> {
  const admin = await adminWindowOpenedBy(app, () =>
    clerk.getByRole('button', { name: 'Administration' }).click(),
  );
  await admin.setViewportSize({ width: 1180, height: 820 });
  await expect(admin.locator('h1')).toBeVisible();
  return admin;
}

/** The first entry on a computer without keychain: passphrase, then password. */
export async function enterFirst(admin: Page): Promise<void> {
  await admin.getByLabel('Passphrase').fill(PASSPHRASE);
  await admin.getByLabel('The same once more').fill(PASSPHRASE);
  await admin.getByRole('button', { name: 'Choose and continue' }).click();
  await expect(admin.getByRole('heading', { name: 'Choose the password' })).toBeVisible();
  await admin.getByLabel('Password').fill(PASSWORD);
  await admin.getByLabel('The same once more').fill(PASSWORD);
  await admin.getByRole('button', { name: 'Choose and continue' }).click();
  await expect(admin.getByRole('heading', { name: 'Service' })).toBeVisible();
}

export async function goTo(admin: Page, section: string): Promise<void> {
  await admin.getByRole('navigation').getByRole('button', { name: section, exact: true }).click();
  await expect(admin.getByRole('heading', { level: 1, name: section, exact: true })).toBeVisible();
}

export async function save(admin: Page): Promise<void> {
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Saved.')).toBeVisible();
}

/** Answers the system's dialogs that come next. */
export async function respondToDialogs(
  app: ElectronApplication,
  { open = '', target = '' }: { open?: string; target?: string },
): Promise<void> {
  await app.evaluate(
    ({ dialog }, responses) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [responses.open] });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: responses.target });
    },
    { open, target },
  );
}
