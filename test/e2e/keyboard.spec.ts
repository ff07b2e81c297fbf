import type { Locator, Page } from '@playwright/test';
import { corpus, expect, signerWindowOpenedBy, test } from './station.ts';
import { codeFromSms, readOnUntil, signerOfTests } from './steps.ts';

/** No hand ever touches the mouse: Tab and Shift+Tab, Enter, Space, arrows, typing. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error('the keyboard does not lead there');
}

async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, page.getByRole('button', { name }));
  await page.keyboard.press(key);
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
}

test('the whole way by keyboard alone, in both windows', async ({ station }) => {
  const { app, clerk } = station;
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    },
    [corpus('pdftex.pdf'), corpus('libreoffice.pdf')],
  );
  await press(clerk, 'Choose files…');
  await press(clerk, 'Move libreoffice.pdf up');
  await expect(clerk.getByRole('listitem').filter({ hasText: 'libreoffice.pdf' })).toHaveCount(1);
  const strip = clerk.getByRole('navigation', { name: 'Pages' });
  await tabTo(clerk, clerk.getByRole('button', { name: /pdftex\.pdf.*pages/ }));
  await clerk.keyboard.press('Enter');
  await tabTo(clerk, strip.getByRole('button', { name: 'Page 1' }), 'Shift+Tab');
  await clerk.keyboard.press('ArrowDown');
  await expect(strip.getByRole('button', { name: 'Page 2' })).toHaveAttribute('aria-current', 'page');

  await press(clerk, 'Continue to the signer');
  await type(clerk, 'Number', signerOfTests.number);
  await type(clerk, 'Given name', signerOfTests.givenName);
  await type(clerk, 'Surname', signerOfTests.surname);
  await type(clerk, 'E-mail (optional)', signerOfTests.email);
  await type(clerk, 'Mobile phone', signerOfTests.mobilePhone);
  await press(clerk, 'Continue to the signature');

  const box = clerk.getByRole('application', { name: 'Signature box' });
  await expect(box.locator('[data-drawn="true"]')).toBeVisible();
  const left = clerk.getByRole('textbox', { name: 'Left (mm)' });
  const width = clerk.getByRole('textbox', { name: 'Width (mm)' });
  const before = [Number(await left.inputValue()), Number(await width.inputValue())];
  await tabTo(clerk, box);
  await clerk.keyboard.press('Control+ArrowLeft');
  await clerk.keyboard.press('ArrowLeft');
  await clerk.keyboard.press('Shift+ArrowRight');
  await expect(left).toHaveValue(String((before[0] ?? 0) - 11));
  await expect(width).toHaveValue(String((before[1] ?? 0) + 1));
  await press(clerk, 'Register the signer');
  await expect(clerk.getByRole('heading', { name: 'Hand over the screen' })).toBeVisible({ timeout: 60_000 });

  const signer = await signerWindowOpenedBy(app, () => press(clerk, 'Hand over to the signer'));
  await press(signer, 'Begin reading');
  const finish = signer.getByRole('button', { name: 'I have seen everything' });
  await readOnUntil(signer, finish, async (next) => {
    // With the last page the button goes, between one look and the press.
    await press(signer, /Read on|Next document/).catch(async (error: Error) => {
      if (await next.isVisible()) throw error;
    });
  });
  await press(signer, 'I have seen everything');
  // The contract and two documents, each with a tick of its own.
  const consents = signer.getByRole('checkbox');
  await expect(consents).toHaveCount(3);
  for (const consent of await consents.all()) {
    await tabTo(signer, consent);
    await signer.keyboard.press('Space');
  }
  await press(signer, 'Agree and send the code');
  await expect(signer.getByRole('heading', { name: 'Type the code from the SMS' })).toBeVisible();
  await type(signer, 'Code from the SMS', await codeFromSms(clerk));
  await press(signer, 'Sign now');
  await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible({ timeout: 60_000 });
  await expect(clerk.getByRole('heading', { name: 'Signed' })).toBeVisible();
});
