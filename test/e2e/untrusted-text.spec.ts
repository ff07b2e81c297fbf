import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { RAW_HOSTILE } from '../support/hostile-text.ts';
import { corpus, expect, type Station, test } from './station.ts';
import { pickDocuments } from './steps.ts';

const forged = (name: string): string => corpus(`../forged/${name}`);

/** What a window says to people: its texts, and the attributes that are shown or read aloud; not what a PDF shows. */
const saidBy = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const said: string[] = [document.title];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement, textContent } = texts.currentNode;
      if (!parentElement?.closest('.textLayer, script, style')) said.push(textContent ?? '');
    }
    const attributes = ['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext'];
    for (const element of document.querySelectorAll('*')) {
      for (const name of attributes) said.push(element.getAttribute(name) ?? '');
    }
    // What a page indents its markup with is not shown.
    return said.filter((text) => !/^[ \n]*$/.test(text));
  });

async function expectNothingRaw(page: Page): Promise<void> {
  expect((await saidBy(page)).filter((text) => RAW_HOSTILE.test(text))).toEqual([]);
}

async function check({ app, clerk }: Station, path: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    },
    [path],
  );
  await clerk.getByRole('button', { name: /Check another file|Choose a file…/ }).click();
}

async function copied(file: string, name: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'names-')), name);
  await copyFile(file, path);
  return path;
}

test('a name in a signature forges nothing in the check view', async ({ station }) => {
  const { clerk } = station;
  await clerk.getByRole('button', { name: 'Check a signed document' }).click();
  const result = clerk.getByRole('region', { name: 'Result' });
  await check(station, await copied(forged('terminalInjection.pdf'), 'bill\u202efdp.tcartnoc.pdf'));
  await expect(result.getByRole('heading', { name: 'Mallory\\u{d}\\u{1b}[2K' })).toBeVisible();
  await expect(clerk.getByText('bill\\u{202e}fdp.tcartnoc.pdf').first()).toBeVisible();
  await expectNothingRaw(clerk);
  await check(station, forged('fieldInjection.pdf'));
  await expect(result.getByRole('heading', { name: 'Ada' })).toBeVisible();
  await expectNothingRaw(clerk);
});

test('a name of a file is shown escaped, and one from right to left moves nothing beside it', async ({
  station,
}) => {
  const { clerk } = station;
  await pickDocuments(station, [
    await copied(corpus('pdftex.pdf'), 'loan\u202efdp.exe\u2066.pdf'),
    await copied(corpus('chromium.pdf'), 'عقد محمد.pdf'),
    await copied(corpus('libreoffice.pdf'), 'पत्र क्\u200dष.pdf'),
  ]);
  await expect(clerk.getByText('loan\\u{202e}fdp.exe\\u{2066}.pdf').first()).toBeVisible();
  await expectNothingRaw(clerk);
  const arabic = clerk.locator('bdi', { hasText: 'عقد محمد' }).first();
  await expect(arabic).toBeVisible();
  expect(await arabic.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate');
  await expect(clerk.getByText('पत्र क्\u200dष.pdf').first()).toBeVisible();
});
