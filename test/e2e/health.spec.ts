import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { enterFirst, goTo, openAdministration, respondToDialogs } from './admin-steps.ts';
import { lookAt } from './screens.ts';
import { expect, test } from './station.ts';

test('the health of a station: what was found, what to do, and a file for support without names', async ({
  station,
}) => {
  const admin = await openAdministration(station);
  await enterFirst(admin);
  await goTo(admin, 'Health');
  await expect(admin.getByText('The sandbox answers at')).toBeVisible();
  await expect(admin.getByText('There is no printer; reports can be saved as files only.')).toBeVisible();
  await expect(admin.getByText('Set up a printer for this account if paper is wanted.')).toBeVisible();
  await expect(admin.getByText('Something is worth a look before it fails.')).toBeVisible();
  await lookAt(admin, 'admin-health');

  const target = join(station.userData, 'support.json');
  await respondToDialogs(station.app, { target });
  await admin.getByRole('button', { name: 'Save for support' }).click();
  await expect(admin.getByText('The file is written.')).toBeVisible();
  const text = await readFile(target, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ kind: 'one-shot-support', role: 'desk', outcome: 'look' });
  expect(text).not.toContain(station.userData);
  expect(text).not.toContain('127.0.0.1');
});
