import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { Agent, fetch } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extensions, toPem } from '../../src/pki/index.ts';
import { SANDBOX_OFFICER, type SmsGateway, startSignatureService } from '../../src/service/index.ts';
import { deriveSecrets } from '../../src/service/settings/master-secret.ts';
import { SHIPPED_PROFILES } from '../../src/service/settings/profiles.ts';
import { openStore } from '../../src/service/store/store.ts';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  OCSP_EXTENSIONS,
  TSA_EXTENSIONS,
} from '../support/pki-hierarchy.ts';
import { makeServerCertificates } from './production-config.ts';

let folder: string;
const file = (name: string): string => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'service-production-'));
});
afterEach(() => rm(folder, { recursive: true }));

const sms: SmsGateway = { name: 'test', sandboxOnly: false, send: async () => ({ reference: 'accepted' }) };

const refusal = async (config: Record<string, unknown>, ports = {}): Promise<string[]> => {
  const input = { mode: 'production', dataDirectory: file('data'), logLevel: 'silent', ...config };
  const error = await startSignatureService(input, ports).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'OSS_CONFIG_UNSAFE' });
  return (error as { details: { fields: string[] } }).details.fields;
};

/** An own hierarchy, its keys in the key store of the service. */
async function installAuthorities(master: Uint8Array): Promise<void> {
  const valid = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 3_600_000) };
  const policies = extensions.certificatePolicies(['1.3.6.1.4.1.99999.1']);
  const crl = extensions.crlDistributionPoint('http://pki.example/crl/root.crl');
  const make = (commonName: string, options: object) => makeCertificate({ commonName, ...valid, ...options });
  const root = await make('Bank root', { extensions: AUTHORITY_EXTENSIONS });
  const issuing = await make('Bank issuing', {
    issuer: root,
    extensions: [...AUTHORITY_EXTENSIONS, policies, crl],
  });
  const all = {
    root,
    issuing,
    tsa: await make('Bank TSA', { issuer: root, extensions: [...TSA_EXTENSIONS, policies] }),
    'ocsp-root': await make('Bank OCSP root', { issuer: root, extensions: OCSP_EXTENSIONS }),
    'ocsp-issuing': await make('Bank OCSP issuing', { issuer: issuing, extensions: OCSP_EXTENSIONS }),
  };
  const passphrase = deriveSecrets(master).keyStorePassphrase;
  for (const folderName of ['authorities', 'keys'])
    await mkdir(join(file('data'), folderName), { recursive: true });
  for (const [name, { certificate, privateKey }] of Object.entries(all)) {
    const key = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
    await writeFile(join(file('data'), 'keys', `${name}.key.pem`), key);
    await writeFile(join(file('data'), 'authorities', `${name}.pem`), toPem(certificate.der));
  }
}

const officer = async (password: string, pin: string) => {
  await writeFile(file('password'), `${password}\n`);
  await writeFile(file('pin'), pin);
  return {
    username: 'maria',
    displayName: 'Maria',
    registrationAuthorities: ['1000'],
    passwordFile: file('password'),
    pinFile: file('pin'),
  };
};

const safeConfig = async (master: Uint8Array, password = 'a better password', pin = '750316') => ({
  mode: 'production',
  dataDirectory: file('data'),
  logLevel: 'silent',
  publicUrl: 'http://pki.example',
  api: { tls: makeServerCertificates(folder) },
  masterSecret: { from: 'file', path: await writeMaster(master) },
  initialOfficer: await officer(password, pin),
});

async function writeMaster(master: Uint8Array): Promise<string> {
  await writeFile(file('master'), Buffer.from(master).toString('hex'), { mode: 0o600 });
  return file('master');
}

describe('production mode', () => {
  it('refuses a bare configuration and lists every reason', async () => {
    expect(await refusal({})).toEqual([
      'api.tls: the API has no TLS',
      'masterSecret: the one that a sandbox generates is not admitted',
      'publicUrl: certificates would carry the address of this machine',
      'sms: the simulated phone is for the sandbox only',
    ]);
  });

  it('refuses the data of a sandbox: its secret, its officer, its authorities', async () => {
    const sandbox = await startSignatureService({
      mode: 'sandbox',
      dataDirectory: file('data'),
      logLevel: 'silent',
    });
    await sandbox.close();
    const reasons = await refusal({});
    expect(reasons).toContain('officer officer: has the password or the PIN of the sandbox');
    for (const name of ['root', 'issuing', 'tsa', 'ocsp-root', 'ocsp-issuing']) {
      expect(reasons).toContain(`${name}.pem belongs to a sandbox`);
    }
  });

  it('refuses TLS without client certificates, and an officer with a default PIN', async () => {
    const master = randomBytes(32);
    await installAuthorities(master);
    const { clientCaFile: _, ...oneSided } = makeServerCertificates(folder);
    const config = await safeConfig(master, 'a better password', SANDBOX_OFFICER.pin);
    expect(await refusal({ ...config, api: { tls: oneSided } }, { sms })).toEqual([
      'api.tls.clientCaFile: callers need no certificate (mutual TLS)',
      'officer maria: has the password or the PIN of the sandbox',
    ]);
  });

  it('starts when all is sound; only who has a client certificate gets in, and the sandbox parts do not exist', async () => {
    const master = randomBytes(32);
    await installAuthorities(master);
    const service = await startSignatureService(await safeConfig(master), { sms });
    expect(service.ready).toMatchObject({ mode: 'production', publicUrl: 'http://pki.example' });
    expect(service.ready.sandbox).toBeUndefined();
    const ca = await readFile(file('ca.pem'));
    const stranger = new Agent({ connect: { ca } });
    await expect(fetch(`${service.ready.apiUrl}/v1/info`, { dispatcher: stranger })).rejects.toThrow();
    const connect = { ca, key: await readFile(file('client.key')), cert: await readFile(file('client.pem')) };
    const station = new Agent({ connect });
    const call = async (path: string, init = {}) =>
      fetch(`${service.ready.apiUrl}${path}`, { dispatcher: station, ...init });
    expect(await (await call('/v1/info')).json()).not.toHaveProperty('sandboxAnchor');
    const login = await call('/v1/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'maria', password: 'a better password' }),
    });
    const { token } = (await login.json()) as { token: string };
    const outbox = await call(`/v1/sandbox/outbox?request=req_${'0'.repeat(32)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([login.status, outbox.status, await outbox.json()]).toMatchObject([
      201,
      404,
      { error: { code: 'OSS_NOT_FOUND' } },
    ]);
    await Promise.all([stranger.close(), station.close()]);
    await service.close();
  });

  it('names at every start what weakens a code, on the terminal, in the log and in the record of events', async () => {
    const master = randomBytes(32);
    await installAuthorities(master);
    const [profile] = SHIPPED_PROFILES;
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const config = {
      ...(await safeConfig(master)),
      profiles: [
        profile,
        { ...profile, id: 'wallet', externalAuthentication: true },
        { ...profile, id: 'older', bindToContents: true },
      ],
    };
    const service = await startSignatureService(config, { sms, log });
    await service.close();
    const { exceptions = [] } = service.ready;
    expect(exceptions.map((exception) => exception.split(':')[0])).toEqual([
      'profiles.wallet.externalAuthentication',
      'profiles.older.bindToContents',
    ]);
    for (const exception of exceptions) expect(lines.join('\n')).toContain(exception);
    const secrets = deriveSecrets(master);
    const store = await openStore(
      { type: 'sqlite', path: file('data/service.db'), keyHex: secrets.databaseKey },
      { clock: () => new Date(), box: secrets.box, onConnectionLost: () => undefined },
    );
    const started = (await store.events.read('service')).find(({ type }) => type === 'service.started');
    await store.close();
    expect(started?.data).toEqual({ mode: 'production', exceptions });
  });

  it('admits neither where no profile asks for it, and has nothing to name then', async () => {
    const master = randomBytes(32);
    await installAuthorities(master);
    const service = await startSignatureService(await safeConfig(master), { sms });
    await service.close();
    expect(service.ready.exceptions).toEqual([]);
    for (const profile of SHIPPED_PROFILES) {
      expect(profile).toMatchObject({ externalAuthentication: false, bindToContents: false });
    }
  });
});
