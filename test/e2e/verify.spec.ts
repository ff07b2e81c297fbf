import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { appendRevision, stream } from '../conformance/attacks/pdf-text.ts';
import { makeSignatory, messageOf } from '../support/signed-messages.ts';
import { expectNothingLost } from './nothing-lost.ts';
import { lookAt } from './screens.ts';
import { corpus, expect, type Station, test } from './station.ts';

/** Chooses a file in the check view, as a person would. */
async function check({ app, clerk }: Station, path: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    },
    [path],
  );
  await clerk.getByRole('button', { name: /^(Check another file|Choose a file…)$/ }).click();
}

const result = (clerk: Page) => clerk.getByRole('region', { name: 'Result' });

async function tampered(): Promise<string> {
  const bytes = await readFile(corpus('signed-once.pdf'));
  const at = bytes.indexOf('endobj') - 4;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  const path = join(await mkdtemp(join(tmpdir(), 'tampered-')), 'tampered.pdf');
  await writeFile(path, bytes);
  return path;
}

test('anybody’s PDF can be checked, and each answer is in words that a clerk can act on', async ({
  station,
}) => {
  const { clerk } = station;
  await clerk.getByRole('button', { name: 'Check a signed document' }).click();
  await expect(clerk.getByText('Drop a signed file here')).toBeVisible();
  await lookAt(clerk, 'verify-home');

  await check(station, corpus('signed-once.pdf'));
  await expect(result(clerk).getByText('Nobody whom this station trusts vouches')).toBeVisible();
  await expect(result(clerk).getByRole('status')).toContainText('Cannot be decided');
  await expect(clerk.locator('.page[data-loaded]').first()).toBeVisible();
  await lookAt(clerk, 'verify-undecided');

  await check(station, await tampered());
  await expect(result(clerk).getByRole('alert')).toContainText('Not valid');
  await expect(result(clerk).getByText('it is not what was signed')).toBeVisible();
  await expect(
    clerk.getByRole('region', { name: 'Document tampered.pdf' }).locator('.page[data-loaded]').first(),
  ).toBeVisible();
  await lookAt(clerk, 'verify-invalid');

  await check(station, corpus('pdftex.pdf'));
  await expect(result(clerk).getByText('There is no signature in this document.')).toBeVisible();
  await lookAt(clerk, 'verify-unsigned');

  await check(station, corpus('x-trunc.pdf'));
  await expect(result(clerk).getByText('This document is damaged.')).toBeVisible();
  await check(station, corpus('x-notpdf.pdf'));
  await expect(result(clerk).getByText('This is not a PDF document.')).toBeVisible();
});

test('a signed message is checked, says what it holds, and lets it be saved', async ({ station }) => {
  const { clerk } = station;
  const folder = await mkdtemp(join(tmpdir(), 'message-'));
  const message = join(folder, 'offer.pdf.p7m');
  const offer = await readFile(corpus('pdftex.pdf'));
  await writeFile(message, messageOf(offer, [await makeSignatory('Ada')]));
  await clerk.getByRole('button', { name: 'Check a signed document' }).click();
  await check(station, message);
  await expect(result(clerk).getByRole('status')).toContainText('Cannot be decided');
  await expect(result(clerk).getByText('Nobody whom this station trusts vouches')).toBeVisible();
  await expect(clerk.getByRole('list', { name: 'What it holds' })).toContainText('offer.pdf');
  await lookAt(clerk, 'verify-message');
  await station.app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    },
    [await mkdtemp(join(folder, 'inside-'))],
  );
  await clerk.getByRole('button', { name: 'Save what is inside…' }).click();
  await expect(clerk.getByRole('status').filter({ hasText: 'offer.pdf' })).toBeVisible();
  const [inside = ''] = (await readdir(folder)).filter((name) => name.startsWith('inside-'));
  expect(await readFile(join(folder, inside, 'offer.pdf'))).toEqual(offer);
});

test('what was signed is shown beside what the file shows now, and what differs is framed', async ({
  station,
}) => {
  const { clerk } = station;
  const signed = await readFile(corpus('signed-once.pdf'));
  // The content of its second page.
  const changed = appendRevision(signed, { 10: stream('0.2 0.4 0.8 rg 100 500 200 100 re f') });
  const path = join(await mkdtemp(join(tmpdir(), 'changed-')), 'changed.pdf');
  await writeFile(path, changed);
  await clerk.getByRole('button', { name: 'Check a signed document' }).click();
  await check(station, path);
  await expect(result(clerk)).toContainText('Pages that look different from those that were signed: 2.');
  await result(clerk).getByRole('button', { name: 'Show what was signed' }).click();
  const versions = clerk.getByRole('region', { name: 'What was signed, and what the file shows now' });
  await expect(versions.getByText(/^Page 2 of 3 looks different/)).toBeVisible();
  await expect(versions.getByRole('img')).toHaveCount(2);
  const shades = () =>
    versions.locator('canvas').evaluateAll((canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const at = [Math.round((200 / 595) * width), Math.round((1 - 550 / 842) * height), 1, 1] as const;
        return [...((canvas as HTMLCanvasElement).getContext('2d')?.getImageData(...at).data ?? [])].join(
          ' ',
        );
      }),
    );
  await expect.poll(async () => (await shades())[1]).toBe('51 102 204 255');
  expect((await shades())[0]).not.toBe('51 102 204 255');
  await lookAt(clerk, 'verify-versions');
  await expectNothingLost(clerk, 'both versions');
  await versions.getByRole('button', { name: 'Next page' }).click();
  await expect(versions.getByText(/^Page 3 of 3 looks as it did/)).toBeVisible();
  await versions.getByRole('button', { name: 'Back to the document' }).click();
  await expect(versions).toBeHidden();
});

test('an encrypted document asks for its password, and does not keep it', async ({ station }) => {
  const { clerk } = station;
  await clerk.getByRole('button', { name: 'Check a signed document' }).click();
  await check(station, corpus('enc-aes256-userpw.pdf'));
  await expect(result(clerk).getByText('This document opens with a password only.')).toBeVisible();
  await lookAt(clerk, 'verify-password');
  const password = clerk.getByLabel('Password of the document');
  await password.fill('wrong');
  await password.press('Enter');
  await expect(result(clerk).getByText('That is not the password.')).toBeVisible();
  await password.fill('user');
  await password.press('Enter');
  await expect(result(clerk).getByText('There is no signature in this document.')).toBeVisible();
});

test('the check works with the keyboard alone, and its report is saved as PDF and JSON', async ({
  station,
}) => {
  const { app, clerk } = station;
  const folder = await mkdtemp(join(tmpdir(), 'reports-'));
  await app.evaluate(
    ({ dialog }, [file = '', into = '']) => {
      dialog.showOpenDialog = async (...given: unknown[]) => {
        const { properties = [] } = given.at(-1) as { properties?: string[] };
        return { canceled: false, filePaths: [properties.includes('openDirectory') ? into : file] };
      };
    },
    [corpus('signed-mdp2.pdf'), folder],
  );
  const press = async (name: string) => {
    const button = clerk.getByRole('button', { name });
    for (let step = 0; step < 40; step++) {
      if (await button.evaluate((element) => element === document.activeElement)) break;
      await clerk.keyboard.press('Tab');
    }
    await expect(button).toBeFocused();
    await clerk.keyboard.press('Enter');
  };
  await press('Check a signed document');
  await press('Choose a file…');
  await expect(result(clerk).getByRole('heading', { name: /^Signature 1/ })).toBeVisible();
  await press('Save report…');
  await expect(
    clerk.getByText('Saved: signed-mdp2-verification.pdf, signed-mdp2-verification.json'),
  ).toBeVisible();
  const json = JSON.parse(await readFile(join(folder, 'signed-mdp2-verification.json'), 'utf8'));
  expect(json.report.file).toBe('signed-mdp2.pdf');
  expect((await readFile(join(folder, 'signed-mdp2-verification.pdf'))).subarray(0, 5).toString()).toBe(
    '%PDF-',
  );
});

test('a station that cannot print says so', async ({ station }) => {
  const { clerk } = station;
  await clerk.getByRole('button', { name: 'Check a signed document' }).click();
  await check(station, corpus('signed-once.pdf'));
  await clerk.getByRole('button', { name: 'Print report' }).click();
  await expect(clerk.getByText('The document could not be printed.')).toBeVisible();
});

test('the check speaks every language', async ({ station }) => {
  const { app, clerk } = station;
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    },
    [corpus('signed-once.pdf')],
  );
  await clerk.getByRole('button', { name: 'Check a signed document' }).click();
  await clerk.getByRole('button', { name: 'Choose a file…' }).click();
  for (const language of ['es', 'ca', 'it', 'pt', 'fr']) {
    await clerk.locator('select:has(option[value="es"])').first().selectOption(language);
    await expect(clerk.locator('html')).toHaveAttribute('lang', language);
    await expect(clerk.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible();
    await lookAt(clerk, `verify-${language}`);
  }
});
