import { readFileSync } from 'node:fs';
import type { ErrorCode, ErrorText } from '../../src/contract/errors.ts';
import { lookAt } from './screens.ts';
import { corpus, expect, test } from './station.ts';
import { pickDocuments } from './steps.ts';

/** Why a file that is no PDF cannot be signed. */
function reasonIn(language: string): string {
  const texts = readFileSync(`resources/locales/${language}/errors.json`, 'utf8');
  return (JSON.parse(texts) as Record<ErrorCode, ErrorText>).OSS_PDF_NOT_A_PDF.message;
}

test('every theme and language keeps the clerk able to read', async ({ station }) => {
  const { clerk } = station;
  await pickDocuments(station, [corpus('reportlab.pdf'), corpus('x-notpdf.pdf'), corpus('signed-once.pdf')]);
  await expect(clerk.getByText('Cannot be signed.', { exact: true })).toBeVisible();
  await expect(clerk.getByText('already has 1 signature')).toBeVisible();
  await lookAt(clerk, 'clerk-problem');
  for (const theme of ['dark', 'contrast']) {
    await clerk.getByRole('combobox', { name: 'Appearance' }).selectOption(theme);
    await expect(clerk.locator('html')).toHaveAttribute('data-theme', theme);
    await lookAt(clerk, `clerk-${theme}`);
  }
  await clerk.getByRole('combobox', { name: 'Appearance' }).selectOption('light');
  for (const language of ['es', 'fr']) {
    await clerk.locator('select:has(option[value="es"])').first().selectOption(language);
    await expect(clerk.locator('html')).toHaveAttribute('lang', language);
    await expect(clerk.getByText(reasonIn(language))).toBeVisible();
    await lookAt(clerk, `clerk-${language}`);
  }
});

test('the viewer searches, zooms and turns pages by keyboard', async ({ station }) => {
  const { clerk } = station;
  await pickDocuments(station, [corpus('libreoffice-pdfa2b.pdf')]);
  await expect(clerk.locator('.page[data-loaded] .textLayer span').first()).toBeAttached();
  const search = clerk.getByRole('searchbox', { name: 'Search in the document' });
  await search.fill('paragraph');
  await search.press('Enter');
  await expect(clerk.getByText(/^1 of \d+$/)).toBeVisible();
  await search.fill('no such words');
  await search.press('Enter');
  await expect(clerk.getByText('Not found')).toBeVisible();
  const larger = clerk.getByRole('button', { name: 'Larger' });
  await larger.focus();
  const before = await clerk.getByText(/^\d+%$/).textContent();
  await larger.press('Enter');
  await expect(clerk.getByText(/^\d+%$/)).not.toHaveText(before ?? '');
});
