import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openssl } from '../support/openssl.ts';
import { jsonLines, oneshot } from './command-line.ts';
import { makeServerCertificates } from './production-config.ts';

let folder: string;
let config: string;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-command-'));
  config = file('service.json');
  await writeFile(file('master'), randomBytes(32).toString('hex'), { mode: 0o600 });
  await writeFile(file('password'), 'a better password');
  await writeFile(file('pin'), '750316');
  const settings = {
    mode: 'production',
    dataDirectory: file('data'),
    publicUrl: 'http://pki.example',
    api: { tls: makeServerCertificates(folder) },
    masterSecret: { from: 'file', path: file('master') },
    keys: { type: 'software', directory: file('key-store') },
    sms: { type: 'outbox' },
    initialOfficer: {
      username: 'maria',
      displayName: 'Maria',
      registrationAuthorities: ['1000'],
      passwordFile: file('password'),
      pinFile: file('pin'),
    },
  };
  await writeFile(config, JSON.stringify(settings));
});
afterAll(() => rm(folder, { recursive: true }));

const keys = (...args: string[]) => oneshot(['keys', ...args, '--config', config]);

it('lists what is missing before there is anything', async () => {
  const listed = await keys('list', '--json');
  expect([listed.code, listed.stderr]).toEqual([0, '']);
  expect(jsonLines(listed)).toContainEqual({
    role: 'issuing',
    findings: ['issuing.pem is missing'],
  });
});

it('makes keys with which a production service lacks nothing but a real phone', async () => {
  const made = await keys(
    ...['generate', '--organization', 'Example Bank', '--country', 'ES'],
    ...['--policy', '1.3.6.1.4.1.99999.1.1', '--timestamp-policy', '1.3.6.1.4.1.99999.1.2'],
  );
  expect([made.code, made.stderr]).toEqual([0, '']);
  expect(made.stdout).toContain('issuing: issued');
  const listed = await keys('list');
  expect(listed.stdout).toMatch(/issuing: key ECDSA P-256\n.*Example Bank Issuing CA/);
  expect(listed.stdout).not.toContain('!');
  const served = await oneshot(['serve', '--config', config, '--json']);
  expect(served.code).toBe(1);
  expect(jsonLines(served)).toMatchObject([
    {
      error: {
        code: 'OSS_CONFIG_UNSAFE',
        details: { fields: ['sms: the simulated phone is for the sandbox only'] },
      },
    },
  ]);
});

it('refuses what does not belong together, and says why', async () => {
  const refused = await keys(
    'import',
    'issuing',
    '--certificate',
    file('server.pem'),
    '--key',
    file('client.key'),
  );
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('the certificate is of another key');
  expect((await keys('import', 'nobody', '--certificate', file('server.pem'))).code).toBe(2);
});

it('makes, imports and lists the seal of an organisation, and a start refuses one that is not whole', async () => {
  const settings = JSON.parse(await readFile(config, 'utf8'));
  const sealed = file('sealed.json');
  await writeFile(sealed, JSON.stringify({ ...settings, seals: [{ id: 'bank', officers: ['maria'] }] }));
  const withSeals = (...args: string[]) => oneshot(['keys', ...args, '--config', sealed]);
  const start = async () => jsonLines(await oneshot(['serve', '--config', sealed, '--json']))[0];
  expect(JSON.stringify(await start())).toContain('seals.bank: its certificate is missing');

  const who = [
    '--organization',
    'Example Bank',
    '--country',
    'ES',
    '--organization-identifier',
    'VATES-A12345678',
  ];
  const nobody = await withSeals('seal', 'branch', ...who, '--policy', '1.3.6.1.4.1.99999.1.3');
  expect(nobody.stderr).toContain('seals: there is no branch in the configuration');
  const wrong = await withSeals('seal', 'bank', ...who.slice(0, 5), 'A12345678');
  expect(wrong.stderr).toContain('organizationIdentifier: e.g. VATES-A12345678');
  const requested = await withSeals('seal', 'bank', ...who, '--request', file('bank.csr'));
  expect(requested.stdout).toContain('request in');
  const request = openssl('req', '-in', file('bank.csr'), '-noout', '-subject', '-verify');
  expect(request).toMatch(/organizationIdentifier ?= ?VATES-A12345678/);
  const made = await withSeals('seal', 'bank', ...who, '--policy', '1.3.6.1.4.1.99999.1.3');
  expect([made.code, made.stdout.trim()]).toEqual([0, 'bank: issued']);
  expect((await withSeals('seal', 'bank', ...who)).stdout).toContain('kept as it is');

  const listed = await withSeals('list');
  expect(listed.stdout).toMatch(
    /seal bank: key RSA 3072\n.*Example Bank.*issued by .*Example Bank Issuing CA/,
  );
  expect(listed.stdout).not.toContain('!');
  expect(JSON.stringify(await start())).not.toContain('seals');
  const path = join(file('data'), 'seals', 'bank.pem');
  const foreign = await withSeals('import-seal', 'bank', '--certificate', file('server.pem'));
  expect(foreign.stderr).toContain('the certificate is of another key');
  await writeFile(file('bank.pem'), await readFile(path));
  expect((await withSeals('import-seal', 'bank', '--certificate', file('bank.pem'))).code).toBe(0);
});

it('names a gateway or a key store that it does not know', async () => {
  const unknown = file('unknown.json');
  await writeFile(
    unknown,
    JSON.stringify({
      mode: 'sandbox',
      dataDirectory: file('x'),
      sms: { type: 'pigeon' },
      keys: { type: 'drawer' },
    }),
  );
  const served = await oneshot(['serve', '--config', unknown]);
  expect(served.code).toBe(1);
  expect(served.stderr).toMatch(/keys\.type: .*sms\.type: /);
});
