import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Page } from '@playwright/test';
import { ApiClient, newSigner } from '../integration/optimizer-api/client.ts';
import { freePort, listenLocally } from '../support/local-server.ts';
import { enterFirst, goTo, openAdministration, PASSPHRASE, save } from './admin-steps.ts';
import { lookAt } from './screens.ts';
import { corpus, expect, launchStation, type Station, test } from './station.ts';
import { agree, codeFromSms, handOver, readEverything, typeCode } from './steps.ts';

/** What an application of the bank sends with each call. */
class KeyedClient extends ApiClient {
  readonly #key: string;

  constructor(url: string, key: string) {
    super(url);
    this.#key = key;
  }

  override call(method: string, path: string, init: RequestInit = {}) {
    return super.call(method, path, { ...init, headers: { ...init.headers, 'x-api-key': this.#key } });
  }
}

async function switchOn(admin: Page, port: number): Promise<void> {
  await goTo(admin, 'REST API');
  await admin.getByText('Applications may call this station').click();
  await admin.getByLabel('Port').fill(String(port));
  await save(admin);
}

/** @returns the key, as it is shown once */
async function makeKey(admin: Page, name: string): Promise<string> {
  await admin.getByLabel('Name of the application').fill(name);
  await admin.getByRole('button', { name: 'Make a key' }).click();
  await expect(admin.getByText(`Key of ${name}`)).toBeVisible();
  return (await admin.locator('code').textContent()) ?? '';
}

/** The administrator lets one application in. */
async function letIn(station: Station): Promise<{ admin: Page; client: KeyedClient; url: string }> {
  const admin = await openAdministration(station);
  await enterFirst(admin);
  const port = await freePort();
  await switchOn(admin, port);
  const key = await makeKey(admin, 'core-banking');
  const url = `http://127.0.0.1:${port}`;
  await expect(admin.getByText(`It answers at ${url}`)).toBeVisible();
  return { admin, client: new KeyedClient(url, key), url };
}

test('an application with a key begins, the signer completes at the desk, the application fetches', async ({
  station,
}) => {
  const { admin, client, url } = await letIn(station);
  await lookAt(admin, 'admin-rest-api');
  const key = (await admin.locator('code').textContent()) ?? '';
  const settings = await readFile(`${station.userData}/settings.json`, 'utf8');
  expect(settings).toContain('core-banking');
  expect(settings).not.toContain(key);
  expect((await new ApiClient(url).get('/tokens')).http).toBe(401);

  const { clerk } = station;
  const pk = await client.request({ ...newSigner(), given_name: 'Begoña', surname_1: 'Ruiz' });
  await clerk.getByRole('button', { name: /Begoña Ruiz.*Documents awaited/ }).click();
  await expect(clerk.getByRole('heading', { name: 'Begun by an application' })).toBeVisible();
  await lookAt(clerk, 'clerk-application-documents');
  const { body } = await client.upload(`/document/${pk}`, { file: corpus('libreoffice.pdf') });
  await expect(clerk.getByRole('button', { name: /Begoña Ruiz.*Ready to hand over/ })).toBeVisible();
  await expect(clerk.locator('.page[data-page-number="1"] canvas')).toBeVisible();
  await lookAt(clerk, 'clerk-application-hand-over');

  const signer = await handOver(station);
  const late = await client.upload(`/document/${pk}`, { file: corpus('reportlab.pdf') });
  expect(late.http).toBe(412);
  await signer.getByRole('button', { name: 'Begin' }).click();
  await readEverything(signer);
  await agree(signer);
  await typeCode(signer, await codeFromSms(clerk));
  await expect(clerk.getByText('The application that began this fetches them.')).toBeVisible({
    timeout: 60_000,
  });
  await lookAt(clerk, 'clerk-application-signed');

  const { body: request } = await client.get(`/request/${pk}`);
  expect(JSON.stringify(request)).toContain('ISSUED');
  const response = await fetch(`${url}/api/v1/document/${pk}/signed/${body.details}`, {
    headers: { 'x-api-key': key },
  });
  const signed = Buffer.from(await response.arrayBuffer());
  const original = await readFile(corpus('libreoffice.pdf'));
  expect(signed.subarray(0, original.length).equals(original)).toBe(true);
  expect(signed.subarray(original.length).includes('/ETSI.CAdES.detached')).toBe(true);
});

test('what the application completes itself is shown, and left to it', async ({ station }) => {
  const { client } = await letIn(station);
  const { clerk } = station;
  const { pk } = await client.readyToSign(corpus('pdftex.pdf'), { given_name: 'Carles', surname_1: 'Vidal' });
  await clerk.getByRole('button', { name: /Carles Vidal.*With the application/ }).click();
  await expect(clerk.getByText('The application completes this itself')).toBeVisible();
  await expect(clerk.getByRole('button', { name: 'Hand over to the signer' })).toBeHidden();
  await lookAt(clerk, 'clerk-application-itself');
  await clerk.getByRole('button', { name: 'Cancel this transaction' }).click();
  await clerk.getByRole('button', { name: 'Cancel the transaction' }).click();
  await expect(clerk.getByText('It was begun by an application')).toBeVisible();
  await expect
    .poll(async () => JSON.stringify((await client.get(`/request/${pk}`)).body))
    .toContain('CANCELLED');
});

test('after a restart the passphrase opens the API again, and what an application began is still there', async ({
  station,
}) => {
  const { client } = await letIn(station);
  const { pk } = await client.requestWith(corpus('pdftex.pdf'), { given_name: 'Dolors', surname_1: 'Serra' });
  await station.app.close();
  const again = await launchStation({ userData: station.userData, keepSettings: true });
  try {
    await expect(again.clerk.getByRole('heading', { name: 'Open the secrets' })).toBeVisible();
    await again.clerk.getByLabel('Passphrase').fill(PASSPHRASE);
    await again.clerk.getByRole('button', { name: 'Open', exact: true }).click();
    await again.clerk.getByRole('button', { name: /Dolors Serra.*Ready to hand over/ }).click();
    // The application goes on as if nothing had happened: credentials and documents were kept.
    await expect
      .poll(async () => (await client.call('POST', `/otp/${pk}`).catch(() => undefined))?.http)
      .toBe(200);
    await expect(
      again.clerk.getByRole('button', { name: /Dolors Serra.*With the application/ }),
    ).toBeVisible();
  } finally {
    await again.app.close();
  }
});

test('a taken port, a key that is removed, and a switch that is off again are said and done', async ({
  station,
}) => {
  const taken = createServer();
  const takenPort = await listenLocally(taken);
  const admin = await openAdministration(station);
  await enterFirst(admin);
  await switchOn(admin, takenPort);
  await expect(admin.getByText('no application has a key yet')).toBeVisible();
  const key = await makeKey(admin, 'first');
  await expect(admin.getByText('Another program has this port.')).toBeVisible();
  await lookAt(admin, 'admin-rest-api-port-taken');
  await expect(station.clerk.getByRole('heading', { name: 'Ready for the next customer' })).toBeVisible();

  const port = await freePort();
  await admin.getByLabel('Port').fill(String(port));
  await save(admin);
  const url = `http://127.0.0.1:${port}`;
  await expect(admin.getByText(`It answers at ${url}`)).toBeVisible();
  expect((await new KeyedClient(url, key).get('/hello')).http).toBe(200);

  await makeKey(admin, 'second');
  await admin.getByRole('button', { name: 'Remove the key of first' }).click();
  await admin.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect
    .poll(async () => (await new KeyedClient(url, key).get('/hello').catch(() => undefined))?.http)
    .toBe(401);

  await admin.getByText('Applications may call this station').click();
  await save(admin);
  await expect
    .poll(async () =>
      new KeyedClient(url, key).get('/hello').then(
        () => 'answers',
        () => 'silent',
      ),
    )
    .toBe('silent');
  await goTo(admin, 'Audit list');
  await expect(admin.getByText('restApi.client.first').first()).toBeVisible();
  expect(await admin.content()).not.toContain(key);
  taken.close();
});
