import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { lookAt } from './screens.ts';
import { corpus, expect, launchStation, type Station, test } from './station.ts';
import {
  agree,
  codeFromSms,
  goToPlacement,
  handOver,
  pickDocuments,
  readEverything,
  typeCode,
} from './steps.ts';

const PEOPLE = [
  { givenName: 'Ada', surname: 'Serra', number: '11111111H', mobilePhone: '+34 600 222 111' },
  { givenName: 'Bea', surname: 'Vidal', number: '22222222J', mobilePhone: '+34 600 222 112' },
  { givenName: 'Carl', surname: 'Pons', number: '33333333P', mobilePhone: '+34 600 222 113' },
] as const;

async function enter(clerk: Page, person: (typeof PEOPLE)[number]): Promise<void> {
  await clerk.getByLabel('Given name').fill(person.givenName);
  await clerk.getByLabel('Surname', { exact: true }).fill(person.surname);
  await clerk.getByLabel('Number', { exact: true }).fill(person.number);
  await clerk.getByLabel('Mobile phone').fill(person.mobilePhone);
  await goToPlacement(clerk);
}

/** One signer's turn, from the list of signers and back to it. */
async function signsIn(station: Station, name: string, refused?: string): Promise<void> {
  const { clerk } = station;
  await clerk.getByRole('button', { name: `Continue with ${name}` }).click();
  await expect(clerk.getByRole('heading', { name: 'Hand over the screen' })).toBeVisible({ timeout: 60_000 });
  const signer = await handOver(station);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await readEverything(signer);
  if (refused === undefined) await agree(signer);
  else {
    await signer.getByText('I accept the contract').click();
    for (const tick of await signer.getByText(/I have read th/).all())
      if (!(await tick.textContent())?.includes(refused)) await tick.click();
    await signer.getByRole('button', { name: 'Agree and send the code' }).click();
    await signer.getByRole('alertdialog').getByRole('button', { name: /^Sign/ }).click();
  }
  await typeCode(signer, await codeFromSms(clerk));
  await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible();
  await signer.getByRole('button', { name: 'Finish' }).click();
  await clerk.getByRole('button', { name: 'Back to the other signers' }).click();
}

test('two customers sign today, one without the annex, and the guarantor the next day', async () => {
  test.setTimeout(300_000);
  const first = await launchStation();
  const { clerk } = first;
  await pickDocuments(first, [corpus('pdftex.pdf'), corpus('libreoffice.pdf')]);
  await clerk.getByRole('button', { name: 'Continue to the signer' }).click();
  await enter(clerk, PEOPLE[0]);
  const several = clerk.getByText('Several people sign');
  await several.click();
  await clerk.setViewportSize({ width: 1024, height: 768 });
  await lookAt(clerk, 'clerk-case-another');
  await clerk.getByRole('button', { name: 'Add another signer' }).click();
  await enter(clerk, PEOPLE[1]);
  await expect(clerk.getByRole('list', { name: 'Signers so far' })).toContainText('Ada Serra');
  await clerk.getByRole('button', { name: 'Add another signer' }).click();
  await enter(clerk, PEOPLE[2]);
  await clerk.getByRole('checkbox', { name: 'libreoffice.pdf' }).press('Space');
  await lookAt(clerk, 'clerk-case-three');
  await clerk.getByRole('button', { name: 'Begin with the first signer' }).click();
  await expect(clerk.getByRole('heading', { name: 'Several signers', level: 1 })).toBeVisible();
  const signers = clerk.getByRole('list', { name: 'Signers', exact: true });
  await expect(signers.getByRole('listitem')).toHaveCount(3);
  await lookAt(clerk, 'clerk-case-open');

  await clerk.setViewportSize({ width: 1280, height: 800 });
  await signsIn(first, 'Ada Serra');
  await signsIn(first, 'Bea Vidal', 'libreoffice.pdf');
  await expect(signers).toContainText('The signer refused: libreoffice.pdf');
  await expect(clerk.getByText('the case waits in the list')).toBeVisible();
  await lookAt(clerk, 'clerk-case-pause');
  expect(await readdir(first.delivered)).toEqual([]);
  await first.app.close();

  const nextDay = await launchStation({ userData: first.userData, keepSettings: true });
  try {
    const { clerk: desk } = nextDay;
    await desk.getByRole('searchbox', { name: 'Find' }).fill('vidal');
    await expect(desk.getByText('Nothing found.')).toBeVisible();
    await lookAt(desk, 'clerk-search');
    await desk.getByRole('button', { name: /Ada Serra, Bea Vidal, Carl Pons/ }).click();
    await desk.getByRole('searchbox', { name: 'Find' }).fill('');
    await signsIn(nextDay, 'Carl Pons');
    await expect(desk.getByRole('heading', { name: 'Signed in part' })).toBeVisible();
    await expect(desk.getByRole('button', { name: /Open pdftex-signed\.pdf/ })).toBeVisible();
    await lookAt(desk, 'clerk-case-ended');
    await desk.getByRole('combobox', { name: 'Language' }).selectOption('es');
    await expect(desk.getByRole('heading', { name: 'Firmado en parte' })).toBeVisible();
    await desk.setViewportSize({ width: 1024, height: 768 });
    await lookAt(desk, 'clerk-case-ended-es');
  } finally {
    await nextDay.app.close();
  }
  expect((await readdir(first.delivered)).sort()).toEqual(['libreoffice-signed.pdf', 'pdftex-signed.pdf']);
  const valid = (name: string): number =>
    execFileSync('pdfsig', ['-nocert', join(first.delivered, name)])
      .toString()
      .split('Signature is Valid').length - 1;
  expect([valid('pdftex-signed.pdf'), valid('libreoffice-signed.pdf')]).toEqual([3, 1]);
});
