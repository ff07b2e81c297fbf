import { enterFirst, goTo, openAdministration } from './admin-steps.ts';
import { expectNothingLost } from './nothing-lost.ts';
import { choose, corpus, expect, test } from './station.ts';
import {
  agree,
  codeFromSms,
  goToPlacement,
  handOver,
  pickDocuments,
  readEverything,
  register,
  typeCode,
  typeIdentity,
} from './steps.ts';

test('nothing is lost on any screen of a signature, however large its text and small its window', async ({
  station,
}) => {
  const { clerk } = station;
  await expectNothingLost(clerk, 'the idle desk');
  await pickDocuments(station, ['pdftex.pdf', 'libreoffice.pdf'].map(corpus));
  await expect(clerk.locator('.page[data-loaded]').first()).toBeVisible();
  await expectNothingLost(clerk, 'the documents');
  await clerk.getByRole('button', { name: 'Continue to the signer' }).click();
  await clerk.getByRole('button', { name: 'Continue to the signature' }).click();
  await expectNothingLost(clerk, 'the identity, with what is missing');
  await typeIdentity(clerk);
  await goToPlacement(clerk);
  await expectNothingLost(clerk, 'the placement');
  await register(clerk);
  await expectNothingLost(clerk, 'the hand-over');

  const signer = await handOver(station);
  await expectNothingLost(signer, 'the welcome');
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await expect(signer.locator('.page[data-loaded]').first()).toBeVisible();
  await expectNothingLost(signer, 'the reading');
  await expectNothingLost(clerk, 'what the clerk sees meanwhile');
  await readEverything(signer);
  await expectNothingLost(signer, 'the agreement');
  await agree(signer);
  await signer.getByRole('button', { name: 'I did not get it' }).click();
  await expectNothingLost(signer, 'the code, with its help');
  await expectNothingLost(clerk, 'what the clerk sees of the code');
  await typeCode(signer, await codeFromSms(clerk));
  await expect(signer.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await expectNothingLost(signer, 'the thanks');
  await expect(clerk.getByRole('button', { name: /^Open .*-signed\.pdf/ })).toHaveCount(2);
  await expectNothingLost(clerk, 'the result');
});

test('nothing is lost of a check, nor of the list of shortcuts', async ({ station }) => {
  const { app, clerk } = station;
  await expect(clerk.getByRole('heading', { name: 'Ready for the next customer' })).toBeVisible();
  await clerk.keyboard.press('?');
  await expect(clerk.getByRole('alertdialog')).toBeVisible();
  await expectNothingLost(clerk, 'the shortcuts');
  await clerk.keyboard.press('Escape');
  await clerk.getByRole('button', { name: 'Check a signed document' }).click();
  await expectNothingLost(clerk, 'the check before a file is chosen');
  await choose(app, clerk, [corpus('signed-once.pdf')]);
  await expect(clerk.getByRole('region', { name: 'Result' }).getByRole('status')).toBeVisible();
  await expectNothingLost(clerk, 'the verdict');
});

test('nothing is lost in Administration', async ({ station }) => {
  const admin = await openAdministration(station);
  await expectNothingLost(admin, 'the gate');
  await enterFirst(admin);
  const sections = await admin.getByRole('navigation').getByRole('button').allTextContents();
  expect(sections.length).toBeGreaterThan(5);
  for (const section of sections.filter((name) => name !== 'Leave the administration')) {
    await goTo(admin, section);
    await expectNothingLost(admin, section);
  }
});
