import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
