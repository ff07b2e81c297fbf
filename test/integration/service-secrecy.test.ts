import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX_OFFICER } from '../../src/service/index.ts';
import { newIdentity, newManifest, startTestService, type TestService, wrongCode } from './service-client.ts';

const lines: string[] = [];
const log = pino(
  { level: 'trace' },
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  }),
);
const identity = newIdentity({
  givenName: 'Canarygiven',
  surname1: 'Canarysurname',
  email: 'canary@example.org',
});

let directory: string;
let running: TestService;
const codes: string[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'service-'));
  running = await startTestService({ otp: { digits: 10 } }, { log }, directory);
  const { client } = running;
  const { id } = await client.registered({ identity });
  const manifest = newManifest(2);
  await client.sendOtp(id, manifest);
  codes.push(await client.code(id));
  const [code = ''] = codes;
  await client.sign(id, wrongCode(code), manifest);
  await client.sign(id, code, manifest);
  await client.login(SANDBOX_OFFICER.username, 'canary-password');
  await client.create({ pin: '99999999' });
  await client.create({ identity: { ...identity, mobilePhone: '+34000' } });
  await client.post('/v1/requests', '{"identity":{"givenName":"Canarygiven"');
  await client.get('/v1/requests/Canarygiven');
});
afterAll(() => rm(directory, { recursive: true }));

describe('what the service writes', () => {
  const secrets = () => [
    ...codes,
    SANDBOX_OFFICER.password,
    SANDBOX_OFFICER.pin,
    'canary-password',
    '99999999',
    'Canarygiven',
    'Canarysurname',
    'canary@example.org',
    identity.mobilePhone,
    identity.idDocument.number,
  ];

  it('to the log names no code, password, PIN or person, at any level', async () => {
    expect(lines.length).toBeGreaterThan(8);
    for (const secret of secrets()) expect(lines.join('')).not.toContain(secret);
  });

  it('to the disk has none of them in the clear', async () => {
    await running.service.close();
    const names = await readdir(directory, { recursive: true });
    let bytes = 0;
    for (const name of names) {
      const path = join(directory, name);
      if (!(await stat(path)).isFile()) continue;
      const content = await readFile(path);
      bytes += content.length;
      for (const secret of secrets()) expect(content.includes(secret), `${secret} in ${name}`).toBe(false);
    }
    expect(bytes).toBeGreaterThan(50_000);
  });

  it('is readable by its owner only: the master secret', async () => {
    expect((await stat(join(directory, 'master.secret'))).mode & 0o777).toBe(0o600);
  });
});
