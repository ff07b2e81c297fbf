import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { toPem } from '../../src/pki/index.ts';
import { certify } from '../support/own-pki/certificates.ts';
import { listSigner, makeList } from '../support/trusted-lists/make-list.ts';
import { enterFirst, goTo, openAdministration, respondToDialogs, save } from './admin-steps.ts';
import { lookAt } from './screens.ts';
import { expect, test } from './station.ts';

const journal = listSigner('Official Journal');
const spain = listSigner('Scheme Operator ES');

test('the administrator pins the Official Journal, fetches the European lists, and sees their age', async ({
  station,
}) => {
  const { app, userData } = station;
  const pages = new Map<string, string>();
  const server = createServer(({ url = '' }, response) => {
    const body = pages.get(url);
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pointers = [
    { territory: 'EU', signers: [journal.party] },
    { territory: 'ES', signers: [spain.party] },
  ];
  pages.set('/lotl.xml', makeList({ territory: 'EU', signer: journal, server: base, pointers }));
  const services = [{ identity: certify({ name: 'Trusted CA' }) }];
  pages.set('/ES.xml', makeList({ territory: 'ES', signer: spain, server: base, services }));
  const pinned = join(userData, 'journal.pem');
  await writeFile(pinned, toPem(journal.party.certificate.der));

  const admin = await openAdministration(station);
  await enterFirst(admin);
  await goTo(admin, 'European trusted lists');
  await expect(admin.getByText('Compare each fingerprint')).toBeVisible();
  await respondToDialogs(app, { open: pinned });
  await admin.getByRole('button', { name: 'Choose a file with certificates…' }).click();
  await expect(admin.getByText('Official Journal', { exact: false }).nth(1)).toBeVisible();
  await expect(admin.getByText('They were never fetched from here.')).toBeVisible();

  await admin.getByLabel('Address of the list of lists').fill('ftp://lists.example');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('An address begins with https:// or http://.')).toBeVisible();
  await admin.getByLabel('Address of the list of lists').fill(`${base}/lotl.xml`);
  await save(admin);
  await admin.getByRole('button', { name: 'Fetch now' }).click();
  await expect(admin.getByText(/Fetched .*\./)).toBeVisible();
  const lists = admin.getByRole('region', { name: 'Lists on this computer' });
  await expect(lists.getByText(/no\. 1 · until/)).toHaveCount(2);
  await lookAt(admin, 'admin-trusted-lists');

  pages.delete('/ES.xml');
  await admin.getByRole('button', { name: 'Fetch now' }).click();
  await expect(lists.getByText('its server could not be reached')).toBeVisible();
  server.close();
});
