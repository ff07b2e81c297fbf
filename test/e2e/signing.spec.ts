import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lookAt } from './screens.ts';
import { corpus, expect, signerWindows, test } from './station.ts';
import {
  agree,
  codeFromSms,
  fillIdentity,
  handOver,
  pickDocuments,
  readEverything,
  register,
  signerOfTests,
  typeCode,
} from './steps.ts';

const originals = ['pdftex.pdf', 'libreoffice.pdf'];

test('a customer signs two documents on their own display', async ({ station }) => {
  const { app, clerk, delivered } = station;
  await lookAt(clerk, 'clerk-home');
  await pickDocuments(station, originals.map(corpus));
  await expect(clerk.locator('.page[data-loaded]').first()).toBeVisible();
  await lookAt(clerk, 'clerk-documents');
  await fillIdentity(clerk);
  await lookAt(clerk, 'clerk-identity');
  await register(clerk);
  await lookAt(clerk, 'clerk-hand-over');

  const signer = await handOver(station);
  await expect(signer.getByRole('heading', { name: `Welcome, ${signerOfTests.givenName}` })).toBeVisible();
  await lookAt(signer, 'signer-welcome');
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await expect(signer.locator('.page[data-loaded]').first()).toBeVisible();
  await expect(signer.getByRole('button', { name: 'I have seen everything' })).toBeHidden();
  await lookAt(signer, 'signer-reading');
  await expect(clerk.getByRole('complementary').getByText(/of 5 pages shown/)).toBeVisible();
  await lookAt(clerk, 'clerk-follow');
  await readEverything(signer);

  await lookAt(signer, 'signer-agreement');
  await signer.getByRole('button', { name: 'Agree and send the code' }).click();
  await expect(signer.getByText('Please tick the contract and at least one document first.')).toBeVisible();
  await agree(signer);
  await lookAt(signer, 'signer-code');
  const reference = await signer.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent();
  const code = await codeFromSms(clerk);
  await expect(clerk.getByText(`ref. ${reference}`)).toBeVisible();
  await expect(clerk.getByText(/^Delivered to the phone at \d/)).toBeVisible();
  await lookAt(clerk, 'clerk-follow-code');

  await typeCode(signer, code === '000000' ? '000001' : '000000');
  await expect(signer.getByText('The code is not right')).toBeVisible();
  await expect(signer.getByText('2 tries left')).toBeVisible();
  await expect(clerk.getByText('2 tries left').first()).toBeVisible();
  await lookAt(signer, 'signer-wrong-code');

  await typeCode(signer, `${code.slice(0, 3)} ${code.slice(3)}`);
  await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible();
  await lookAt(signer, 'signer-done');
  await expect(clerk.getByRole('heading', { name: 'Signed' })).toBeVisible();
  await lookAt(clerk, 'clerk-result');
  await signer.getByRole('button', { name: 'Finish' }).click();
  await expect.poll(() => signerWindows(app).length).toBe(0);

  const files = (await readdir(delivered)).sort();
  expect(files).toEqual(['libreoffice-signed.pdf', 'pdftex-signed.pdf']);
  for (const original of originals) {
    const file = join(delivered, original.replace('.pdf', '-signed.pdf'));
    execFileSync('qpdf', ['--check', file]);
    const word = execFileSync('pdfsig', [file]).toString();
    expect(word).toContain('Signature is Valid');
    const before = await readFile(corpus(original));
    const signed = await readFile(file);
    expect(signed.subarray(0, before.length).equals(before)).toBe(true);
    // Level B-LT: behind the revision that is signed comes what it is validated with, and nothing else.
    const end = Number(/Signed Ranges: \[.*\], \[\d+ - (\d+)\]/.exec(word)?.[1]);
    expect(signed.subarray(end).toString('latin1')).toMatch(/\/DSS\b/);
    expect(signed.subarray(end).toString('latin1')).not.toMatch(/\/(Page|Annot|Sig)\b/);
  }
});
