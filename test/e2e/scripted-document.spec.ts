import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Worker } from '@playwright/test';
import { scriptedDocument } from '../support/scripted-document.ts';
import { expect, test } from './station.ts';
import { fillIdentity, handOver, pickDocuments, readOnUntil, register } from './steps.ts';

interface Watched {
  readonly asked: string[];
  readonly said: string[];
}

/** Everything by which a script of a document would show. */
function watch(page: Page): Watched {
  const watched: Watched = { asked: [], said: [] };
  page.on('request', (request) => watched.asked.push(request.url()));
  page.on('dialog', (dialog) => watched.said.push(dialog.message()));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) watched.said.push(message.text());
  });
  return watched;
}

/** Does to a page of the document what a person does: points, clicks and types everywhere on it. */
async function handle(page: Page): Promise<void> {
  const shown = page.locator('.page[data-loaded]').first();
  await expect(shown).toBeVisible();
  const box = await shown.boundingBox();
  if (!box) throw new Error('the page has no place');
  for (const share of [0.18, 0.25, 0.31, 0.36, 0.42]) {
    await page.mouse.click(box.x + box.width * 0.25, box.y + Math.min(box.height * share, 520));
    await page.keyboard.type('1');
    await page.keyboard.press('Tab');
  }
}

/** What scripts left in a worker. A worker that ends meanwhile is gone with all it ran. */
function ranIn(worker: Worker): Promise<string[]> {
  const isGone = new Promise<string[]>((settle) => worker.once('close', () => settle([])));
  const ran = worker
    .evaluate(() => (globalThis as unknown as { ran?: string[] }).ran ?? [])
    .catch((error: Error) => (/closed/.test(error.message) ? isGone : Promise.reject(error)));
  return Promise.race([ran, isGone]);
}

async function expectNothingRan(page: Page, { asked, said }: Watched): Promise<void> {
  const scripts = await page.evaluate(() => ({
    ran: (window as unknown as { ran?: string[] }).ran ?? [],
    sandboxes: document.querySelectorAll('iframe, object, embed, img[src="x"]').length,
  }));
  expect(scripts).toEqual({ ran: [], sandboxes: 0 });
  // All workers are asked in one turn: a worker that ends while another is asked would never tell of its end.
  for (const ran of await Promise.all(page.workers().map(ranIn))) expect(ran).toEqual([]);
  expect(said).toEqual([]);
  // The worker, the character maps, the typefaces and the decoders of pdf.js too come from the station itself.
  const own = await page.evaluate(() => `${location.origin}/`);
  expect(asked.filter((url) => !url.startsWith(own) && !/^(blob|data):/.test(url))).toEqual([]);
  expect(asked.filter((url) => /sandbox|quickjs/i.test(url))).toEqual([]);
}

test('a document full of scripts is shown, and runs none of them, in either window', async ({ station }) => {
  const { clerk } = station;
  const path = join(await mkdtemp(join(tmpdir(), 'scripted-')), 'scripted.pdf');
  await writeFile(path, await scriptedDocument());
  const atTheClerk = watch(clerk);
  await pickDocuments(station, [path]);
  await handle(clerk);
  await expectNothingRan(clerk, atTheClerk);

  await fillIdentity(clerk);
  await register(clerk);
  const signer = await handOver(station);
  const atTheSigner = watch(signer);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await readOnUntil(signer, signer.getByRole('region', { name: 'Document scripted.pdf' }));
  await handle(signer);
  await expectNothingRan(signer, atTheSigner);
  await expectNothingRan(clerk, atTheClerk);
});
