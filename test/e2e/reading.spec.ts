import type { Page } from '@playwright/test';
import { loanContract, longDocument } from './documents.ts';
import { lookAt } from './screens.ts';
import { corpus, expect, type Station, test } from './station.ts';
import {
  agree,
  codeFromSms,
  fillIdentity,
  handOver,
  pickDocuments,
  readEverything,
  register,
  typeCode,
} from './steps.ts';

const beginReading = async (station: Station, files: readonly string[]): Promise<Page> => {
  await pickDocuments(station, files);
  await fillIdentity(station.clerk);
  await register(station.clerk);
  const signer = await handOver(station);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await expect(signer.locator('.page[data-loaded]').first()).toBeVisible();
  return signer;
};

const frameOf = (signer: Page) => signer.locator('[role=region][tabindex="0"]');

/** Which part of the first page is above the lower edge of the frame, from 0 to 1. */
const seenTo = (signer: Page) =>
  signer.evaluate(() => {
    const frame = document.querySelector('[role=region][tabindex="0"]')?.getBoundingClientRect();
    const page = document.querySelector('.pdfViewer .page')?.getBoundingClientRect();
    return frame && page ? (frame.bottom - page.top) / page.height : 0;
  });

test('a page counts when all of it passed by at a size that can be read', async ({ station }) => {
  const signer = await beginReading(station, [corpus('pdftex.pdf')]);
  const state = signer.getByRole('navigation', { name: 'Documents' });
  await expect(state.getByText('0 of', { exact: false }).first()).toBeVisible();
  const reading = signer.getByRole('button', { name: 'Read on' });

  // One press moves by about a screenful, and the page counts when its end has been there.
  for (let before = await seenTo(signer); before < 1; before = await seenTo(signer)) {
    await expect(state.getByText('0 of', { exact: false }).first()).toBeVisible();
    const height = (await frameOf(signer).boundingBox())?.height ?? 0;
    const top = await frameOf(signer).evaluate((frame) => frame.scrollTop);
    await reading.click();
    await expect.poll(() => frameOf(signer).evaluate((frame) => frame.scrollTop)).toBeGreaterThan(top);
    expect((await frameOf(signer).evaluate((frame) => frame.scrollTop)) - top).toBeLessThanOrEqual(height);
  }
  await expect(state.getByText(/^1 of|All pages shown/).first()).toBeVisible();
  await lookAt(signer, 'signer-reading-counted');
});

test('what passes by too small to be read, or is jumped over, does not count', async ({ station }) => {
  const signer = await beginReading(station, [await longDocument(12)]);
  await signer.getByRole('button', { name: /Document 1 of 1/ }).click();
  const state = signer.getByRole('navigation', { name: 'Documents' });
  const smaller = signer.getByRole('button', { name: 'Smaller' });
  await expect(signer.locator('.page[data-loaded]').first()).toBeVisible();
  for (let press = 0; press < 6; press += 1) await smaller.click();
  await expect(signer.getByText('Too small to be read')).toBeVisible();
  await signer.getByRole('button', { name: 'To the end' }).click();
  await expect(signer.locator('.page[data-page-number="12"][data-loaded]')).toBeVisible();
  await expect(state.getByText('0 of 12 pages shown')).toBeVisible();
  await signer.getByRole('button', { name: 'Fit to width' }).click();
  await signer.getByRole('button', { name: 'To the end' }).click();
  await expect(signer.getByText('Page 12 of 12')).toBeVisible();
  await expect(state.getByText(/^[01] of 12 pages shown/)).toBeVisible();
});

test('the signer sees where their signature will stand', async ({ station }) => {
  const signer = await beginReading(station, [await loanContract()]);
  await signer.getByRole('button', { name: /Document 1 of 1/ }).click();
  await signer.getByRole('button', { name: 'Where will my signature stand?' }).click();
  await expect(signer.getByRole('region', { name: 'Your signature will stand here' })).toBeInViewport();
  await lookAt(signer, 'signer-signature-place');
});

test('of three documents one is refused, and the others are signed', async ({ station }) => {
  const { clerk } = station;
  const signer = await beginReading(station, ['pdftex.pdf', 'libreoffice.pdf', 'reportlab.pdf'].map(corpus));
  await readEverything(signer);
  await signer.getByText('I accept the contract').click();
  await signer.getByText('I have read this document and sign it: pdftex.pdf').click();
  await signer.getByText('I have read this document and sign it: reportlab.pdf').click();
  await lookAt(signer, 'signer-agreement-part');
  await signer.getByRole('button', { name: 'Agree and send the code' }).click();
  const question = signer.getByRole('alertdialog', { name: 'Sign 2 of 3 documents?' });
  await expect(question.getByText('libreoffice.pdf')).toBeVisible();
  await lookAt(signer, 'signer-agreement-question');
  await question.getByRole('button', { name: 'Sign only what is ticked' }).click();
  await expect(signer.getByRole('heading', { name: 'Type the code from the SMS' })).toBeVisible();
  await expect(clerk.getByText('The signer refused: libreoffice.pdf')).toBeVisible();
  await typeCode(signer, await codeFromSms(clerk));
  await expect(signer.getByText('Your 2 documents are signed.')).toBeVisible();
  await expect(signer.getByText('Not signed, as you wished:')).toBeVisible();
  await lookAt(signer, 'signer-done-part');
  await expect(clerk.getByRole('heading', { name: 'Signed' })).toBeVisible();
  await expect(clerk.getByText('The signer refused: libreoffice.pdf')).toBeVisible();
  await expect(clerk.getByRole('button', { name: /^Open .*-signed\.pdf/ })).toHaveCount(2);
  await lookAt(clerk, 'clerk-result-part');
});

test('a crashed window of the signer is noticed and offered again', async ({ station }) => {
  const { app, clerk } = station;
  await beginReading(station, [corpus('pdftex.pdf')]);
  await app.evaluate(({ BrowserWindow }) => {
    const signer = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes('signer'),
    );
    signer?.webContents.forcefullyCrashRenderer();
  });
  await expect(clerk.getByText('The signer’s window stopped working')).toBeVisible();
  const again = await handOver(station);
  await expect(again.getByRole('button', { name: 'Begin reading' })).toBeVisible();
});

test.describe('with text at 200 %', () => {
  for (const size of [
    { width: 1280, height: 800 },
    { width: 1024, height: 768 },
  ]) {
    test(`the document keeps half of a window of ${size.width} × ${size.height}, and the code field stays in sight`, async ({
      station,
    }) => {
      const signer = await beginReading(station, ['pdftex.pdf', 'libreoffice.pdf'].map(corpus));
      await signer.setViewportSize(size);
      const open = signer.getByRole('button', { name: 'Language, text size and help' });
      if (await open.isVisible()) await open.click();
      await signer.getByRole('combobox', { name: 'Text size' }).selectOption('200 %');
      const close = signer.getByRole('button', { name: 'Close' });
      if (await close.isVisible()) await close.click();
      await expect
        .poll(async () => (await frameOf(signer).boundingBox())?.height)
        .toBeGreaterThan(size.height / 2);
      await lookAt(signer, `signer-reading-large-${size.width}`);
      const chooser = signer.getByRole('button', { name: /Document 1 of 3/ });
      await chooser.click();
      await signer.screenshot({ path: `out/screens/signer-documents-large-${size.width}.png` });
      await signer.keyboard.press('Escape');
      await readEverything(signer);
      await lookAt(signer, `signer-agreement-large-${size.width}`);
      await agree(signer);
      const field = signer.getByLabel('Code from the SMS');
      for (const top of [0, 100, 10_000]) {
        await signer.locator('main').evaluate((main, to) => main.scrollTo(0, to), top);
        await expect(field).toBeInViewport({ ratio: 1 });
      }
      await lookAt(signer, `signer-code-large-${size.width}`);
    });
  }
});
