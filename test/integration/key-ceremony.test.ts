import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Certificate, parseCrl, toPem } from '../../src/pki/index.ts';
import {
  certifyRequest,
  generateAuthorityKeys,
  importRootCrl,
  listAuthorityKeys,
  makeRootCrl,
} from '../../src/service/authority-keys/index.ts';
import { type SmsGateway, startSignatureService } from '../../src/service/index.ts';
import { asFile, openssl } from '../support/openssl.ts';
import { ceremonyIn, ORDER } from './ceremony.ts';

const sms: SmsGateway = { name: 'test', sandboxOnly: false, send: async () => ({ reference: 'accepted' }) };

let folder: string;
let bank: Awaited<ReturnType<typeof ceremonyIn>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ceremony-'));
  bank = await ceremonyIn(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const file = (...names: string[]): string => bank.file(...names);
const custodyOf = (machine: 'vault' | 'service') => bank.custodyOf(machine);
const firstDay = () => bank.firstDay();

const startService = () => startSignatureService(bank.serviceConfig(), { sms });

const findings = async () =>
  (await listAuthorityKeys(custodyOf('service'))).flatMap((listing) => listing.findings);
const issuingOf = async () => (await custodyOf('service').directory.read('issuing')) as Certificate;

it('a root that no network reaches certifies a service that starts with it, and OpenSSL agrees', async () => {
  await firstDay();
  expect(await findings()).toEqual([]);
  expect(await custodyOf('service').keyStore.list()).not.toContain('root');
  const service = await startService();
  await service.close();
  const path = (role: string) => file('service', 'data', 'authorities', `${role}.pem`);
  for (const role of ['issuing', 'tsa', 'ocsp-root']) {
    expect(openssl('verify', '-CAfile', path('root'), path(role))).toContain('OK');
  }
  const crl = file('service', 'data', 'authorities', 'root.crl');
  expect(openssl('crl', '-inform', 'DER', '-in', crl, '-CAfile', path('root'), '-noout', '-text')).toContain(
    'X509v3 CRL Number',
  );
});

it('a request whose signature is not of its key is refused, and so is what is no request', async () => {
  await generateAuthorityKeys(custodyOf('vault'), { ...ORDER, roles: ['root'] });
  await generateAuthorityKeys(custodyOf('service'), {
    organization: 'B',
    requestsTo: file('r'),
    roles: ['tsa'],
  });
  const request = await readFile(file('r', 'tsa.csr'), 'utf8');
  const der = Buffer.from(request.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  const forged = toPem(der, 'CERTIFICATE REQUEST');
  for (const [given, reason] of [
    [forged, 'signature of the request'],
    ['nothing', 'no PKCS#10'],
  ] as const) {
    await expect(certifyRequest(custodyOf('vault'), 'tsa', given, ORDER)).rejects.toThrow(reason);
  }
});

it('the next issuing authority takes over when its certificate is there; the former one stays known', async () => {
  await firstDay();
  const former = await issuingOf();
  const requests = file('requests');
  await generateAuthorityKeys(custodyOf('service'), {
    ...{ organization: 'Example Bank', country: 'ES', requestsTo: requests, rollOver: ['issuing'] },
  });
  // Until then nothing has changed: the service works on with the key in use.
  expect(await findings()).toEqual([]);
  await (await startService()).close();
  // Interrupted and called again, it is the same next key.
  const first = await readFile(join(requests, 'issuing.csr'), 'utf8');
  await bank.certify(['issuing'], ['issuing']);
  expect((await custodyOf('service').keyStore.list()).filter((label) => label.startsWith('issuing'))).toEqual(
    ['issuing', 'issuing-2'],
  );
  const keyOf = (pem: string) => openssl('req', '-in', asFile(pem), '-pubkey', '-noout');
  expect(keyOf(first)).toBe(keyOf(await readFile(join(requests, 'issuing.csr'), 'utf8')));
  await generateAuthorityKeys(custodyOf('service'), {
    ...ORDER,
    roles: ['ocsp-issuing'],
    renew: ['ocsp-issuing'],
  });
  expect(await findings()).toEqual([]);
  const next = await issuingOf();
  expect(next.serialHex).not.toBe(former.serialHex);
  expect(Buffer.from(next.publicKeySpki)).not.toEqual(Buffer.from(former.publicKeySpki));
  const service = await startService();
  const served = await fetch(`${await publicAddress()}/certificates/issuing.cer`);
  expect(Buffer.from(await served.arrayBuffer())).toEqual(Buffer.from(next.der));
  await service.close();
  const known = await custodyOf('service').directory.readAll();
  expect(known.map(({ serialHex }) => serialHex)).toContain(former.serialHex);
});

const publicAddress = async (): Promise<string> => {
  const ports = JSON.parse(await readFile(file('service', 'data', 'ports.json'), 'utf8')) as {
    public: number;
  };
  return `http://127.0.0.1:${ports.public}`;
};

it('with its root available a roll-over of the time-stamp unit and the issuing authority is one call', async () => {
  const custody = custodyOf('service');
  await generateAuthorityKeys(custody, ORDER);
  const done = await generateAuthorityKeys(custody, { ...ORDER, rollOver: ['issuing', 'tsa'] });
  expect(done.filter(({ outcome }) => outcome === 'issued').map(({ role }) => role)).toEqual([
    'issuing',
    'tsa',
    'ocsp-issuing',
  ]);
  expect(await findings()).toEqual([]);
  expect(await custody.keyStore.list()).toEqual([
    'issuing',
    'issuing-2',
    'ocsp-issuing',
    'ocsp-root',
    'root',
    'tsa',
    'tsa-2',
  ]);
  await (await startService()).close();
});

it('the list of an offline root is taken only when it is of the root and newer, and its end is announced', async () => {
  await firstDay();
  const vault = custodyOf('vault');
  const service = custodyOf('service');
  const present = (await service.directory.readOfflineRootCrl()) as Uint8Array;
  await expect(importRootCrl(service, present)).rejects.toThrow('as new or newer');
  await expect(importRootCrl(service, Buffer.from('no list'))).rejects.toThrow('crl:');
  await rm(file('vault', 'data'), { recursive: true });
  await generateAuthorityKeys(vault, { ...ORDER, roles: ['root'] });
  await expect(importRootCrl(service, await makeRootCrl(vault, 90))).rejects.toThrow(
    'not signed by root.pem',
  );
  const { nextUpdate } = parseCrl(present);
  const listAt = async (at: Date) =>
    (await listAuthorityKeys({ ...service, clock: () => at })).find(({ role }) => role === 'root')?.findings;
  const before = (days: number) => new Date((nextUpdate?.getTime() ?? 0) - days * 24 * 60 * 60_000);
  expect(await listAt(before(20))).toEqual([]);
  expect(await listAt(before(10))).toEqual([expect.stringContaining('root.crl ends on')]);
  expect(await listAt(before(-1))).toEqual(['root.crl has expired']);
});

it('a newer list that the operator brings is published without a restart', async () => {
  await firstDay();
  const service = await startService();
  const newer = await makeRootCrl(custodyOf('vault'), 30);
  await importRootCrl(custodyOf('service'), newer);
  // The service looks every five seconds.
  await vi.waitFor(
    async () => {
      const response = await fetch(`${await publicAddress()}/crl/root.crl`);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(newer));
    },
    { timeout: 20_000, interval: 500 },
  );
  await service.close();
});
