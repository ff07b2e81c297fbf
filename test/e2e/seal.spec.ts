import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { corpus, expect, launchStation, test } from './station.ts';
import {
  agree,
  codeFromSms,
  goToPlacement,
  handOver,
  pickDocuments,
  readEverything,
  typeCode,
} from './steps.ts';

const BANK = 'SANDBOX Bank - NOT QUALIFIED';

test('a customer signs, and the seal of the bank comes after them', async () => {
  test.setTimeout(300_000);
  const station = await launchStation();
  const { clerk } = station;
  await pickDocuments(station, [corpus('libreoffice.pdf')]);
  await clerk.getByRole('button', { name: 'Continue to the signer' }).click();
  await clerk.getByLabel('Given name').fill('Ada');
  await clerk.getByLabel('Surname', { exact: true }).fill('Serra');
  await clerk.getByLabel('Number', { exact: true }).fill('11111111H');
  await clerk.getByLabel('Mobile phone').fill('+34 600 222 211');
  await goToPlacement(clerk);
  await clerk.getByText('Several people sign').click();
  await clerk.getByRole('checkbox', { name: `The seal of ${BANK} signs last` }).press('Space');
  await clerk.getByRole('button', { name: 'Begin with the first signer' }).click();

  await clerk.getByRole('button', { name: 'Continue with Ada Serra' }).click();
  const signer = await handOver(station);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await readEverything(signer);
  await agree(signer);
  await typeCode(signer, await codeFromSms(clerk));
  await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible();
  await signer.getByRole('button', { name: 'Finish' }).click();
  await clerk.getByRole('button', { name: 'Back to the other signers' }).click();

  await clerk.getByRole('button', { name: `Set the seal of ${BANK}` }).click();
  await expect(clerk.getByRole('heading', { name: 'Everybody signed' })).toBeVisible({ timeout: 60_000 });
  expect(await readdir(station.delivered)).toEqual(['libreoffice-signed.pdf']);
  const said = execFileSync('pdfsig', [
    '-nocert',
    join(station.delivered, 'libreoffice-signed.pdf'),
  ]).toString();
  expect(said.match(/Signer Certificate Common Name: .*/g)).toEqual([
    'Signer Certificate Common Name: Ada Serra',
    `Signer Certificate Common Name: ${BANK}`,
  ]);
  expect(said.match(/Signature is Valid/g)).toHaveLength(2);
  await station.app.close();
});
