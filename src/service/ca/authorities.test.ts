import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { asFile, openssl } from '../../../test/support/openssl.ts';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  OCSP_EXTENSIONS,
  type TestAuthority,
  type TestCertificateOptions,
  TSA_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { makeSandbox } from '../../../test/support/sandbox.ts';
import { buildCrl, type Certificate, extensions, OID, toPem } from '../../pki/index.ts';
import type { KeyStore } from '../keys/port.ts';
import type { Authorities, AuthorityName } from './authority.ts';
import { AuthorityDirectory } from './authority-directory.ts';
import { loadAuthorities } from './load-authorities.ts';
import { loadRevocations } from './revocations.ts';
import { ensureSandboxAuthorities } from './sandbox-authorities.ts';

const clock = () => new Date();

const certificatesOf = (authorities: Authorities): Record<AuthorityName, Certificate> => ({
  root: authorities.root.certificate,
  issuing: authorities.issuing.certificate,
  tsa: authorities.tsa.certificate,
  'ocsp-root': authorities.ocspResponders.root.certificate,
  'ocsp-issuing': authorities.ocspResponders.issuing.certificate,
});

describe('the sandbox hierarchy', () => {
  let sandbox: Awaited<ReturnType<typeof makeSandbox>>;
  let certificates: Record<AuthorityName, Certificate>;
  beforeAll(async () => {
    sandbox = await makeSandbox();
    certificates = certificatesOf(sandbox.authorities);
  });

  test('chains strictly to OpenSSL, each certificate for its purpose', () => {
    const root = asFile(toPem(certificates.root.der));
    const issuing = asFile(toPem(certificates.issuing.der));
    const verify = (name: AuthorityName, purpose: string) =>
      openssl(
        ...['verify', '-x509_strict', '-CAfile', root, '-untrusted', issuing, '-purpose', purpose],
        asFile(toPem(certificates[name].der)),
      );
    expect(verify('issuing', 'any')).toContain('OK');
    expect(verify('tsa', 'timestampsign')).toContain('OK');
    expect(verify('ocsp-root', 'ocsphelper')).toContain('OK');
    expect(verify('ocsp-issuing', 'ocsphelper')).toContain('OK');
  });

  test('every name says what it is not', () => {
    for (const { subject } of Object.values(certificates)) {
      expect(subject.commonName).toMatch(/SANDBOX.*NOT QUALIFIED/);
    }
  });

  test('authorities and TSA name their revocation data, responders do not (LT-03, OC-03, CE-04)', () => {
    for (const name of ['issuing', 'tsa'] as const) {
      expect(certificates[name].crlDistributionPoints).toEqual(['http://127.0.0.1:4100/crl/root.crl']);
      expect(certificates[name].authorityInfoAccess).toEqual({
        ocsp: ['http://127.0.0.1:4100/ocsp/root'],
        caIssuers: ['http://127.0.0.1:4100/certificates/root.cer'],
      });
    }
    for (const name of ['ocsp-root', 'ocsp-issuing'] as const) {
      expect(certificates[name].authorityInfoAccess.ocsp).toEqual([]);
      expect(certificates[name].hasExtension(OID.ocspNoCheck)).toBe(true);
    }
    for (const certificate of Object.values(certificates)) {
      expect(certificate.hasExtension(OID.noRevAvail)).toBe(false);
    }
  });

  test('is the same after a restart', async () => {
    const again = certificatesOf(await ensureSandboxAuthorities(sandbox.options));
    for (const name of Object.keys(certificates) as AuthorityName[]) {
      expect(again[name].fingerprint).toBe(certificates[name].fingerprint);
    }
  });

  test('at another address, all but the root are re-issued for the same keys; the old ones stay known', async () => {
    const own = await makeSandbox();
    const before = certificatesOf(own.authorities);
    const moved = await ensureSandboxAuthorities({ ...own.options, publicUrl: 'http://127.0.0.1:4200/' });
    const after = certificatesOf(moved);
    expect(after.root.fingerprint).toBe(before.root.fingerprint);
    for (const name of ['issuing', 'tsa', 'ocsp-root', 'ocsp-issuing'] as const) {
      expect(after[name].serialHex).not.toBe(before[name].serialHex);
      expect(after[name].publicKeySpki).toEqual(before[name].publicKeySpki);
      expect(after[name].isSignedBy(name === 'ocsp-issuing' ? after.issuing : after.root)).toBe(true);
      expect(moved.issued.map(({ fingerprint }) => fingerprint)).toContain(before[name].fingerprint);
    }
    expect(after.tsa.crlDistributionPoints).toEqual(['http://127.0.0.1:4200/crl/root.crl']);
  });

  test('what expires soon is re-issued at start', async () => {
    const own = await makeSandbox();
    const inElevenMonths = () => new Date(Date.now() + 335 * 24 * 3600 * 1000);
    const later = certificatesOf(await ensureSandboxAuthorities({ ...own.options, clock: inElevenMonths }));
    const before = certificatesOf(own.authorities);
    expect(later['ocsp-root'].serialHex).not.toBe(before['ocsp-root'].serialHex);
    expect(later.tsa.serialHex).toBe(before.tsa.serialHex);
  });

  test('with another master secret it does not start', async () => {
    const own = await makeSandbox();
    await rm(join(own.options.directory, 'keys', 'root.key.pem'));
    await writeFile(join(own.options.directory, 'keys', 'root.key.pem'), 'not a key');
    await expect(ensureSandboxAuthorities(own.options)).rejects.toMatchObject({ code: 'OSS_CONFIG_INVALID' });
  });

  test('production refuses it, naming every certificate', async () => {
    const { directory, keyStore } = sandbox.options;
    const refusal = loadAuthorities(directory, keyStore, clock);
    await expect(refusal).rejects.toMatchObject({
      code: 'OSS_CONFIG_UNSAFE',
      details: { fields: Object.keys(certificates).map((name) => `${name}.pem belongs to a sandbox`) },
    });
  });
});

describe('production authorities', () => {
  const valid = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 3_600_000) };
  const policies = extensions.certificatePolicies(['1.3.6.1.4.1.99999.1']);
  const crlAddress = extensions.crlDistributionPoint('http://pki.example/root.crl');

  async function install(
    change: Partial<Record<AuthorityName, Partial<TestCertificateOptions>>> = {},
    omit?: AuthorityName,
  ) {
    const make = (name: AuthorityName, own: Partial<TestCertificateOptions>) =>
      makeCertificate({ commonName: `Bank ${name}`, ...valid, ...own, ...change[name] });
    const root = await make('root', { extensions: AUTHORITY_EXTENSIONS });
    const issuing = await make('issuing', {
      issuer: root,
      extensions: [...AUTHORITY_EXTENSIONS, policies, crlAddress],
    });
    const all: Record<AuthorityName, TestAuthority> = {
      root,
      issuing,
      tsa: await make('tsa', { issuer: root, extensions: [...TSA_EXTENSIONS, policies] }),
      'ocsp-root': await make('ocsp-root', { issuer: root, extensions: OCSP_EXTENSIONS }),
      'ocsp-issuing': await make('ocsp-issuing', { issuer: issuing, extensions: OCSP_EXTENSIONS }),
    };
    const { options } = await makeSandbox();
    await rm(options.directory, { recursive: true });
    const directory = new AuthorityDirectory(options.directory);
    for (const [name, { certificate }] of Object.entries(all)) {
      if (name !== omit) await directory.replace(name as AuthorityName, certificate);
    }
    const keys = new Map(Object.entries(all).map(([name, { signer }]) => [name, signer]));
    const keyStore: Pick<KeyStore, 'load' | 'list'> = {
      load: async (label) => keys.get(label),
      list: async () => [...keys.keys()],
    };
    return { path: options.directory, all, keys, keyStore: keyStore as KeyStore };
  }

  test('are loaded when complete', async () => {
    const { path, all, keyStore } = await install();
    const authorities = await loadAuthorities(path, keyStore, clock);
    expect(authorities.issuing.certificate.fingerprint).toBe(all.issuing.certificate.fingerprint);
    expect(authorities.issued).toHaveLength(5);
  });

  test('the root key may be offline if its CRL is there and current', async () => {
    const { path, all, keys, keyStore } = await install();
    keys.delete('root');
    await expect(loadAuthorities(path, keyStore, clock)).rejects.toMatchObject({
      details: { fields: ['neither key root nor root.crl is there'] },
    });
    const crl = (nextUpdate: Date) =>
      buildCrl(
        { issuer: all.root.certificate, number: 1n, thisUpdate: valid.notBefore, nextUpdate, revoked: [] },
        all.root.signer,
      );
    await writeFile(join(path, 'root.crl'), await crl(new Date(Date.now() - 1000)));
    await expect(loadAuthorities(path, keyStore, clock)).rejects.toMatchObject({
      details: { fields: ['root.crl has expired'] },
    });
    const current = await crl(valid.notAfter);
    await writeFile(join(path, 'root.crl'), current);
    expect((await loadAuthorities(path, keyStore, clock)).offlineRootCrl).toEqual(Buffer.from(current));
  });

  test.each([
    ['a missing certificate', () => install({}, 'tsa'), 'tsa.pem is missing'],
    ['a TSA that may do more', () => install({ tsa: { extensions: OCSP_EXTENSIONS } }), 'tsa.pem: '],
    [
      'an issuing CA without policy',
      () => install({ issuing: { extensions: AUTHORITY_EXTENSIONS } }),
      'names no certificate policy',
    ],
    [
      'an expired issuing CA',
      () => install({ issuing: { notAfter: new Date(Date.now() - 1000) } }),
      'outside its validity',
    ],
  ])('%s stops the start', async (_, arrange, expected) => {
    const { path, keyStore } = await arrange();
    await expect(loadAuthorities(path, keyStore, clock)).rejects.toThrow(expected);
  });

  test('a key of another certificate, and a missing one, stop the start', async () => {
    const { path, keys, keyStore } = await install();
    const tsa = keys.get('tsa');
    if (tsa) keys.set('issuing', tsa);
    keys.delete('ocsp-root');
    await expect(loadAuthorities(path, keyStore, clock)).rejects.toMatchObject({
      details: { fields: ['key issuing is another one', 'key ocsp-root is missing'] },
    });
  });
});

describe('revocations by the operator', () => {
  test('none without the file; read with it; refused with the field named', async () => {
    const { options } = await makeSandbox();
    expect(await loadRevocations(options.directory)).toEqual({ root: [], issuing: [] });
    const path = join(options.directory, 'revocations.json');
    const entry = {
      issuer: 'root',
      serialNumber: '0a',
      revokedAt: '2026-01-01T00:00:00Z',
      reason: 'superseded',
    };
    await writeFile(path, JSON.stringify([entry]));
    expect((await loadRevocations(options.directory)).root).toEqual([
      { serialNumber: 10n, revokedAt: new Date('2026-01-01T00:00:00Z'), reason: 'superseded' },
    ]);
    await writeFile(path, JSON.stringify([{ ...entry, serialNumber: '0x0a' }]));
    await expect(loadRevocations(options.directory)).rejects.toThrow(/serialNumber/);
    expect(await readdir(options.directory)).toContain('revocations.json');
  });
});
