import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loanContract } from './documents.ts';
import { lookAt } from './screens.ts';
import { corpus, expect, test } from './station.ts';
import { fillIdentity, handOver, pickDocuments, register } from './steps.ts';

const odd = (name: string): string => resolve(import.meta.dirname, '../reading', `${name}.pdf`);

test('what paper or another viewer shows differently is noted before the customer sits down', async ({
  station,
}) => {
  const { clerk } = station;
  const names = ['d11-sep-none', 'b03-oc-print-only', 'e08-noview-print', 'b02-oc-basestate-off'];
  await pickDocuments(station, names.map(odd));
  for (const name of names) {
    const item = clerk.getByRole('listitem').filter({ hasText: `${name}.pdf` });
    await expect(item.getByText(/Look at page 1/).first()).toBeVisible({ timeout: 60_000 });
  }
  await lookAt(clerk, 'clerk-documents-odd');
});

test('nothing is noted of how honest documents are drawn', async ({ station }) => {
  const { clerk } = station;
  const files = ['pdftex', 'libreoffice', 'reportlab', 'reportlab-form', 'chromium', 'g-rot90', 'g-userunit'];
  await pickDocuments(station, [...files.map((name) => corpus(`${name}.pdf`)), await loanContract()]);
  await expect(clerk.locator('[data-compared="true"]')).toHaveCount(8, { timeout: 80_000 });
  await expect(clerk.getByText(/Look at page/)).toHaveCount(0);
});

test('fields are drawn as on paper, and nobody can type over them', async ({ station }) => {
  const { clerk } = station;
  await pickDocuments(station, [odd('e07-choice'), odd('e11-password-field')]);
  await expect(clerk.locator('.page[data-loaded]').first()).toBeVisible();
  await expect(clerk.locator('.pdfViewer').locator('input, select, textarea')).toHaveCount(0);
  await expect(clerk.getByText(/hold something else than they show/).first()).toBeVisible({
    timeout: 60_000,
  });
});

test('a page that cannot be shown wholly does not count, and its document is not signed', async ({
  station,
}) => {
  const { clerk } = station;
  await pickDocuments(station, [odd('d01-flate-broken'), corpus('pdftex.pdf')]);
  await expect(clerk.getByText('it cannot be shown completely', { exact: false })).toBeVisible({
    timeout: 60_000,
  });
  await fillIdentity(clerk);
  await register(clerk);
  const signer = await handOver(station);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await signer.getByRole('button', { name: /Document 1 of 2/ }).click();
  await expect(
    signer.getByText('Page 1 of this document cannot be shown completely.', { exact: false }),
  ).toBeVisible();
  await lookAt(signer, 'signer-incomplete');
});

/** 200,000 pieces of one path: minutes of work for a canvas. */
async function blockingDocument(): Promise<string> {
  const pieces = Array.from({ length: 200_000 }, (_, index) => {
    const at = (index * 7919) % 600;
    return `${at} ${(index * 104_729) % 800} l`;
  });
  const content = `0.5 w [1 2] 0 d 0 0 m ${pieces.join(' ')} S`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
  ];
  let text = '%PDF-1.7\n';
  const at = objects.map((object, index) => {
    const position = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return position;
  });
  const start = text.length;
  text += `xref\n0 5\n0000000000 65535 f \n${at.map((one) => `${String(one).padStart(10, '0')} 00000 n \n`).join('')}`;
  const path = join(await mkdtemp(join(tmpdir(), 'documents-')), 'blocking.pdf');
  await writeFile(path, `${text}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
  return path;
}

test('the window lives while a page blocks what draws it', async ({ station }) => {
  const { clerk } = station;
  await pickDocuments(station, [await blockingDocument()]);
  for (let second = 0; second < 25; second += 1) {
    const before = Date.now();
    await clerk.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined))));
    expect(Date.now() - before).toBeLessThan(5_000);
    await clerk.evaluate(() => new Promise((resolve) => setTimeout(resolve, 800)));
  }
});
