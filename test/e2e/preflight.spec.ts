import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lookAt } from './screens.ts';
import { corpus, expect, test } from './station.ts';
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

test('a protected document is opened with its password, read, signed, and stays protected', async ({
  station,
}) => {
  const { clerk, delivered } = station;
  await pickDocuments(station, [corpus('enc-aes256-userpw.pdf')]);
  const password = clerk.getByLabel('Password of the document');
  await expect(clerk.getByRole('button', { name: 'Continue to the signer' })).toBeDisabled();
  await lookAt(clerk, 'clerk-protected');
  await password.fill('wrong');
  await clerk.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(clerk.getByText('This password does not open the document.')).toBeVisible();
  await password.fill('user');
  await clerk.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(clerk.getByText('Protected by a password. The signed file keeps it.')).toBeVisible();
  await expect(clerk.locator('.page[data-loaded]').first()).toBeVisible();
  await lookAt(clerk, 'clerk-unlocked');

  await fillIdentity(clerk);
  await register(clerk);
  const signer = await handOver(station);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await readEverything(signer);
  await agree(signer);
  await typeCode(signer, await codeFromSms(clerk));
  await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible();
  await expect.poll(() => readdir(delivered)).toEqual(['enc-aes256-userpw-signed.pdf']);
  const [name = ''] = await readdir(delivered);
  const path = join(delivered, name);
  const qpdf = (...args: string[]) => execFileSync('qpdf', [...args, '--check', path]).toString();
  expect(() => qpdf()).toThrow();
  expect(qpdf('--password=user')).toContain('User password = user');
});

test('the clerk sees what to know about each document, and why one cannot be signed', async ({ station }) => {
  const { clerk } = station;
  const files = ['signed-mdp2.pdf', 'x-badxref.pdf', 'reportlab-form.pdf', 'x-trunc.pdf'];
  await pickDocuments(station, files.map(corpus));
  await expect(clerk.getByText('Already signed by Alice RSA.')).toBeVisible();
  await expect(clerk.getByText('Its table of contents is damaged.')).toBeVisible();
  await expect(clerk.getByText('Contains a form.')).toBeVisible();
  await expect(clerk.getByText('The PDF is cut off: its end is missing.')).toBeVisible();
  await lookAt(clerk, 'clerk-notes');
});
