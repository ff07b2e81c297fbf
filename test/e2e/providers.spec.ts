import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { toPem } from '../../src/pki/index.ts';
import { CscDouble } from '../support/csc-double.ts';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  SIGNER_EXTENSIONS,
  TSA_EXTENSIONS,
} from '../support/pki-hierarchy.ts';
import { enterFirst, goTo, openAdministration, respondToDialogs, save } from './admin-steps.ts';
import { lookAt } from './screens.ts';
import { corpus, expect, type Station, test } from './station.ts';
import {
  codeFromSms,
  fillIdentity,
  handOver,
  pickDocuments,
  readEverything,
  register,
  signerOfTests,
  typeCode,
} from './steps.ts';

/** A provider of a kind, and how an administrator puts it into use. */
interface Provider {
  readonly name: string;
  open(station: Station): Promise<{ code(clerk: Page): Promise<string>; close(): Promise<void> }>;
  /** What the desk leaves out, because the provider does not have it. */
  readonly hasContract: boolean;
  readonly hasReference: boolean;
}

async function trust(station: Station, admin: Page, pem: string): Promise<void> {
  await goTo(admin, 'Trust anchors');
  const root = join(station.userData, 'root.pem');
  await writeFile(root, pem);
  await respondToDialogs(station.app, { open: root });
  await admin.getByRole('button', { name: 'Choose a certificate file…' }).click();
  await admin.getByRole('button', { name: 'The fingerprint is right: trust it' }).click();
  await expect(admin.getByRole('heading', { name: 'Signatures and time stamps' })).toBeVisible();
  await goTo(admin, 'Service');
}

const sandbox: Provider = {
  name: 'our own service',
  hasContract: true,
  hasReference: true,
  open: async () => ({ code: codeFromSms, close: async () => undefined }),
};

const csc: Provider = {
  name: 'a provider that speaks CSC',
  hasContract: false,
  hasReference: false,
  async open(station) {
    const root = await makeCertificate({ commonName: 'Root', extensions: AUTHORITY_EXTENSIONS });
    const subject = {
      commonName: 'GARCIA NUÑEZ MARIA JOSE',
      givenName: 'MARIA JOSE',
      surname: 'GARCIA NUÑEZ',
    };
    const { commonName } = subject;
    const signer = await makeCertificate({
      commonName,
      subject,
      issuer: root,
      extensions: SIGNER_EXTENSIONS,
    });
    const tsa = await makeCertificate({ commonName: 'TSA', issuer: root, extensions: TSA_EXTENSIONS });
    const secrets = { clientSecret: 'hush', code: '246810' };
    const double = await CscDouble.start({ version: '2', signer, chain: [], tsa, ...secrets });
    const admin = await openAdministration(station);
    await enterFirst(admin);
    await trust(station, admin, toPem(root.certificate.der));
    await admin.getByText('A provider that speaks CSC').click();
    await admin.getByLabel('Address of the provider').fill(double.url);
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('Please fill in the address and the fields beside it.')).toBeVisible();
    await admin.getByLabel('User or client').fill('branch-12');
    await admin.getByLabel('Password or secret').fill(secrets.clientSecret);
    await admin.getByLabel('Whose key signs').selectOption('fixed');
    await admin.getByLabel('Name of the key').fill('ada/1');
    await admin.getByRole('button', { name: 'Test the connection' }).click();
    await expect(admin.getByText('branch-12 is let in.')).toBeVisible();
    await expect(admin.getByText('It signs up to 10 documents at once.')).toBeVisible();
    await expect(admin.getByText('It has no contract: the signer reads')).toBeVisible();
    await lookAt(admin, 'admin-provider-csc');
    await save(admin);
    const settings = await readFile(join(station.userData, 'settings.json'), 'utf8');
    expect(settings).toContain(double.url);
    expect(settings).not.toContain(secrets.clientSecret);
    return { code: async () => secrets.code, close: () => double.close() };
  },
};

const vendor: Provider = {
  name: 'an Optimizer of the vendor',
  hasContract: true,
  hasReference: false,
  async open(station) {
    const data = await mkdtemp(join(tmpdir(), 'vendor-'));
    const { url, child } = await startVendor(data);
    const admin = await openAdministration(station);
    await enterFirst(admin);
    const anchor = join(data, 'optimizer/service/authorities/root.pem');
    await trust(station, admin, await readFile(anchor, 'utf8'));
    await goTo(admin, 'Officer');
    await admin.getByLabel('User').fill('officer');
    await admin.getByLabel('Registration authority').fill('9999');
    await admin.getByLabel('Password').fill('sandbox-password');
    await admin.getByLabel('PIN').fill('482913');
    await save(admin);
    await goTo(admin, 'Service');
    await admin.getByText('An Optimizer of the vendor of One-Shot').click();
    await admin.getByLabel('Address of the provider').fill(url);
    await admin.getByLabel('Environment').selectOption('sandbox');
    await admin.getByRole('button', { name: 'Test the connection' }).click();
    await expect(admin.getByText('It has a service contract, which the signer reads first.')).toBeVisible();
    await lookAt(admin, 'admin-provider-vendor');
    await save(admin);
    const close = async () => {
      const ended = once(child, 'exit');
      if (child.kill()) await ended;
      await rm(data, { recursive: true, force: true });
    };
    return { code: async () => '000000', close };
  },
};

/** Our own REST API, which answers as the vendor's. */
async function startVendor(data: string): Promise<{ url: string; child: ChildProcess }> {
  const args = ['optimizer', '--json', '--data', data, '--sandbox', '--drop-in', '--fixed-otp', '000000'];
  const child = spawn(process.execPath, [resolve('out/main/oneshot.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { url: (JSON.parse(line) as { url: string }).url, child };
}

for (const provider of [sandbox, csc, vendor]) {
  test(`the same flow at the desk, through ${provider.name}`, async ({ station }) => {
    const { clerk } = station;
    const { code, close } = await provider.open(station);
    try {
      await pickDocuments(station, [corpus('pdftex.pdf')]);
      await fillIdentity(clerk);
      await register(clerk);
      const signer = await handOver(station);
      await expect(
        signer.getByRole('heading', { name: `Welcome, ${signerOfTests.givenName}` }),
      ).toBeVisible();
      await signer.getByRole('button', { name: 'Begin reading' }).click();
      await readEverything(signer);
      const contract = signer.getByText('I accept the contract');
      await expect(contract).toHaveCount(provider.hasContract ? 1 : 0);
      if (provider.hasContract) await contract.click();
      await signer.getByText('I have read the document and sign it.').click();
      await lookAt(signer, `signer-agreement-${provider.hasContract ? 'with' : 'without'}-contract`);
      await signer.getByRole('button', { name: 'Agree and send the code' }).click();
      await expect(signer.getByRole('heading', { name: 'Type the code from the SMS' })).toBeVisible();
      // Nobody is asked to compare what the message of the provider does not show.
      await expect(signer.getByText('The SMS must show the same reference.')).toHaveCount(
        provider.hasReference ? 1 : 0,
      );
      await typeCode(signer, await code(clerk));
      await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible({ timeout: 60_000 });
      await expect.poll(() => readdir(station.delivered)).toEqual(['pdftex-signed.pdf']);
    } finally {
      await close();
    }
  });
}
