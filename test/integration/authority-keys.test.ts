import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buildCertificate,
  buildCrl,
  Certificate,
  type Extension,
  encodeName,
  extensions,
  finishCertificate,
  keyIdentifier,
  toPem,
} from '../../src/pki/index.ts';
import {
  AUTHORITY_NAMES,
  type AuthorityName,
  generateAuthorityKeys,
  importAuthorityKey,
  listAuthorityKeys,
  openCustody,
} from '../../src/service/authority-keys/index.ts';
import { type SmsGateway, startSignatureService } from '../../src/service/index.ts';
import { asFile, openssl } from '../support/openssl.ts';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  OCSP_EXTENSIONS,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../support/pki-hierarchy.ts';
import { makeServerCertificates } from './production-config.ts';

let folder: string;
const file = (name: string): string => join(folder, name);
let config: Record<string, unknown>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authority-keys-'));
  await writeFile(file('master'), randomBytes(32).toString('hex'), { mode: 0o600 });
  await writeFile(file('password'), 'a better password');
  await writeFile(file('pin'), '750316');
  config = {
    mode: 'production',
    dataDirectory: file('data'),
    logLevel: 'silent',
    publicUrl: 'http://pki.example',
    api: { tls: makeServerCertificates(folder) },
    masterSecret: { from: 'file', path: file('master') },
    initialOfficer: {
      username: 'maria',
      displayName: 'Maria',
      registrationAuthorities: ['1000'],
      passwordFile: file('password'),
      pinFile: file('pin'),
    },
  };
});
afterEach(() => rm(folder, { recursive: true }));

const POLICIES = {
  ...{ country: 'ES', policy: '1.3.6.1.4.1.99999.1.1', timestampPolicy: '1.3.6.1.4.1.99999.1.2' },
};
const sms: SmsGateway = { name: 'test', sandboxOnly: false, send: async () => ({ reference: 'accepted' }) };

const reasonsOf = async (work: Promise<unknown>): Promise<string[]> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { details } = error as { details: { fields?: string[]; reason: string } };
  return details.fields ?? [details.reason];
};

/** What stops a production start with this configuration and its simulated phone. */
const startRefusal = () => reasonsOf(startSignatureService(config));
const ONLY_THE_PHONE = ['sms: the simulated phone is for the sandbox only'];

describe('keys that are made here', () => {
  it('are all that a production service needs', async () => {
    const made = await generateAuthorityKeys(openCustody(config), {
      organization: 'Example Bank',
      ...POLICIES,
    });
    expect(made).toEqual(AUTHORITY_NAMES.map((role) => ({ role, outcome: 'issued' })));
    expect(await startRefusal()).toEqual(ONLY_THE_PHONE);
    const service = await startSignatureService(config, { sms });
    await service.close();
  });

  it('chain strictly to OpenSSL, and name organisation, country and policies', async () => {
    const custody = openCustody(config);
    await generateAuthorityKeys(custody, { organization: 'Banc Ñandú', ...POLICIES });
    const pem = async (name: string) => asFile(await readFile(file(`data/authorities/${name}.pem`), 'utf8'));
    const [root, issuing] = [await pem('root'), await pem('issuing')];
    for (const name of AUTHORITY_NAMES) {
      const response = openssl(
        'verify',
        '-x509_strict',
        '-CAfile',
        root,
        '-untrusted',
        issuing,
        await pem(name),
      );
      expect(response).toContain('OK');
    }
    const text = openssl('x509', '-in', issuing, '-noout', '-text', '-nameopt', 'utf8');
    for (const part of ['Banc Ñandú', 'C=ES', POLICIES.policy, 'http://pki.example/crl/root.crl'])
      expect(text.replaceAll(' = ', '=')).toContain(part);
  });

  it('are listed without anything secret', async () => {
    const custody = openCustody(config);
    await generateAuthorityKeys(custody, {
      organization: 'Example Bank',
      algorithm: 'rsa-2048',
      ...POLICIES,
    });
    const listed = await listAuthorityKeys(custody);
    expect(listed.map(({ role, key, findings }) => [role, key, findings])).toEqual(
      AUTHORITY_NAMES.map((role) => [role, 'RSA 2048', []]),
    );
    expect(listed[1]?.certificate?.subject).toContain('Example Bank Issuing CA');
    expect(JSON.stringify(listed)).not.toContain('PRIVATE');
    expect(JSON.stringify(listed)).not.toContain((await readFile(file('master'), 'utf8')).trim());
  });

  it('stay encrypted under the master secret, readable by their owner only', async () => {
    await generateAuthorityKeys(openCustody(config), { organization: 'Example Bank', ...POLICIES });
    for (const name of await readdir(file('data/keys'))) {
      const pem = await readFile(file(`data/keys/${name}`), 'utf8');
      expect(pem).toContain('ENCRYPTED PRIVATE KEY');
      expect(() => createPrivateKey({ key: pem, passphrase: 'guess' })).toThrow();
    }
  });

  it('are never overwritten; a certificate is issued again when it is asked for', async () => {
    const custody = openCustody(config);
    const order = { organization: 'Example Bank', ...POLICIES };
    await generateAuthorityKeys(custody, order);
    const before = await listAuthorityKeys(custody);
    const kept = await generateAuthorityKeys(custody, { ...order, organization: 'Another' });
    expect(kept.every(({ outcome }) => outcome === 'kept')).toBe(true);
    expect(await listAuthorityKeys(custody)).toEqual(before);
    await generateAuthorityKeys(custody, { ...order, renew: ['ocsp-issuing'] });
    const after = await listAuthorityKeys(custody);
    const changed = after.filter(
      ({ certificate }, index) => certificate?.sha256 !== before[index]?.certificate?.sha256,
    );
    expect(changed.map(({ role, findings }) => [role, findings])).toEqual([['ocsp-issuing', []]]);
  });

  it.each([
    ['no organisation', {}, 'organization'],
    [
      'the policy of sandboxes',
      { organization: 'B', policy: '1.3.6.1.4.1.32473.1', timestampPolicy: '1.2.3' },
      'policy',
    ],
    ['no policy', { organization: 'B', timestampPolicy: '1.2.3' }, 'policy'],
    ['an algorithm that is none', { organization: 'B', algorithm: 'rsa-1024', ...POLICIES }, 'algorithm'],
    ['a country that is none', { organization: 'B', ...POLICIES, country: 'Spain' }, 'country'],
    ['no country', { organization: 'B', ...POLICIES, country: undefined }, 'country'],
  ])('are not made with %s', async (_what, order, field) => {
    const reasons = await reasonsOf(generateAuthorityKeys(openCustody(config), order));
    expect(reasons.join()).toContain(`${field}:`);
    expect(await readdir(file('data')).catch(() => [])).toEqual([]);
  });

  it('need a public address and a master secret of the operator', async () => {
    const order = { organization: 'B', ...POLICIES };
    const { publicUrl: _, ...without } = config;
    expect((await reasonsOf(generateAuthorityKeys(openCustody(without), order))).join()).toContain(
      'publicUrl',
    );
    expect(() => openCustody({ ...config, masterSecret: { from: 'generated' } })).toThrow(/masterSecret/);
  });
});

describe('keys whose certificates another authority issues', () => {
  it('go out as requests, and the certificates that come back complete the service', async () => {
    const custody = openCustody(config);
    const root = await bankAuthority('Bank root', { extensions: AUTHORITY_EXTENSIONS });
    const made = await generateAuthorityKeys(custody, {
      organization: 'Example Bank',
      requestsTo: file('requests'),
    });
    expect(made.map(({ role }) => role)).toEqual(['issuing', 'tsa', 'ocsp-root', 'ocsp-issuing']);
    await importAuthorityKey(custody, { role: 'root', certificates: toPem(root.certificate.der) });
    const issuing = await certify(root, file('requests/issuing.csr'), ISSUING_EXTENSIONS);
    const issuingKey = await custody.keyStore.load('issuing');
    if (issuingKey === undefined) throw new Error('the issuing key is missing');
    const below = { certificate: issuing, signer: issuingKey };
    const policies = extensions.certificatePolicies(['1.3.6.1.4.1.99999.2']);
    const certificates = {
      issuing,
      tsa: await certify(root, file('requests/tsa.csr'), [...TSA_EXTENSIONS, policies]),
      'ocsp-root': await certify(root, file('requests/ocsp-root.csr'), OCSP_EXTENSIONS),
      'ocsp-issuing': await certify(below, file('requests/ocsp-issuing.csr'), OCSP_EXTENSIONS),
    };
    for (const [role, certificate] of Object.entries(certificates)) {
      await importAuthorityKey(custody, {
        role: role as AuthorityName,
        certificates: toPem(certificate.der),
      });
    }
    const missing = (await listAuthorityKeys(custody)).flatMap(({ findings }) => findings);
    expect(missing).toEqual(['neither key root nor root.crl is there']);
    // The root stays offline; its list is all that the service needs of it.
    const crl = await revokingNothing(root);
    await writeFile(file('data/authorities/root.crl'), crl);
    expect(await startRefusal()).toEqual(ONLY_THE_PHONE);
  });

  it('ask for the purpose of their role, in a request that OpenSSL accepts', async () => {
    const made = await generateAuthorityKeys(openCustody(config), {
      organization: 'Example Bank',
      country: 'ES',
      algorithm: 'rsa-2048',
      requestsTo: file('requests'),
      roles: ['tsa', 'issuing'],
    });
    expect(made.map(({ role, outcome }) => [role, outcome])).toEqual([
      ['issuing', 'requested'],
      ['tsa', 'requested'],
    ]);
    const read = (role: string) =>
      openssl('req', '-in', file(`requests/${role}.csr`), '-verify', '-noout', '-text');
    expect(read('tsa')).toMatch(/Example Bank Time-Stamp Unit[\s\S]*Time Stamping/);
    expect(read('issuing')).toMatch(/CA:TRUE, pathlen:0[\s\S]*Certificate Sign, CRL Sign/);
  });

  it('keep their key when the request is made again', async () => {
    const order = { organization: 'Example Bank', requestsTo: file('requests'), roles: ['tsa'] };
    const key = async () => {
      await generateAuthorityKeys(openCustody(config), order);
      return openssl('req', '-in', file('requests/tsa.csr'), '-noout', '-pubkey');
    };
    expect(await key()).toBe(await key());
  });

  /** What another authority does with a request: it takes name and key, and decides on the rest itself. */
  async function certify(
    issuer: Pick<TestAuthority, 'certificate' | 'signer'>,
    request: string,
    purpose: readonly Extension[],
  ): Promise<Certificate> {
    const publicKeySpki = Buffer.from(
      openssl('req', '-in', request, '-noout', '-pubkey').replace(/-----[^-]+-----/g, ''),
      'base64',
    );
    const commonName = /CN ?= ?([^\n,/]+)/.exec(openssl('req', '-in', request, '-noout', '-subject'))?.[1];
    const { scheme } = issuer.signer;
    const tbs = buildCertificate({
      serialNumber: Uint8Array.of(1, ...randomBytes(15)),
      issuer: issuer.certificate.subject.der,
      subject: encodeName({ country: 'ES', commonName: commonName ?? '' }),
      ...valid(),
      publicKeySpki,
      issuerScheme: scheme,
      extensions: [
        extensions.subjectKeyIdentifier(keyIdentifier(publicKeySpki)),
        extensions.authorityKeyIdentifier(keyIdentifier(issuer.signer.publicKeySpki)),
        ...purpose,
      ],
    });
    return new Certificate(finishCertificate(tbs, scheme, await issuer.signer.sign(tbs)));
  }

  const revokingNothing = ({ certificate, signer }: TestAuthority): Promise<Uint8Array> => {
    const { notBefore: thisUpdate, notAfter: nextUpdate } = valid();
    return buildCrl({ issuer: certificate, number: 1n, thisUpdate, nextUpdate, revoked: [] }, signer);
  };
});

describe('keys that come from elsewhere', () => {
  const imported = async (
    role: 'issuing' | 'tsa',
    authority: TestAuthority,
    more: readonly TestAuthority[] = [],
  ) =>
    importAuthorityKey(openCustody(config), {
      role,
      certificates: [authority, ...more].map(({ certificate }) => toPem(certificate.der)).join(''),
      key: pkcs8(authority),
    });

  it('complete the service, encrypted or not, with the certificates above them', async () => {
    const bank = await bankHierarchy();
    const custody = openCustody(config);
    const above = (...names: (keyof typeof bank)[]) =>
      names.map((name) => toPem(bank[name].certificate.der)).join('');
    const first = await importAuthorityKey(custody, {
      role: 'issuing',
      certificates: above('issuing', 'root'),
      key: pkcs8(bank.issuing, 'transport'),
      keyPassphrase: 'transport',
    });
    expect(first).toEqual({ certificates: ['issuing', 'root'], keyStored: true });
    await importAuthorityKey(custody, { role: 'root', certificates: above('root'), key: pkcs8(bank.root) });
    for (const role of ['tsa', 'ocsp-root', 'ocsp-issuing'] as const) {
      await importAuthorityKey(custody, { role, certificates: above(role), key: pkcs8(bank[role]) });
    }
    expect((await listAuthorityKeys(custody)).flatMap(({ findings }) => findings)).toEqual([]);
    expect(await startRefusal()).toEqual(ONLY_THE_PHONE);
  });

  it('are refused, with the reason, and nothing is stored', async () => {
    const bank = await bankHierarchy();
    const stranger = await bankHierarchy();
    const root = [bank.root];
    const reason = async (work: Promise<unknown>) => (await reasonsOf(work)).join('; ');
    expect(await reason(imported('issuing', bank.issuing))).toContain('it must lead to a root');
    expect(
      await reason(imported('issuing', { ...bank.issuing, privateKey: stranger.issuing.privateKey }, root)),
    ).toContain('the certificate is of another key');
    expect(await reason(imported('tsa', bank.issuing, root))).toContain('tsa.pem: ');
    expect(await reason(imported('issuing', bank.tsa, root))).toContain(
      'issuing.pem is not a certification authority',
    );
    expect(await reason(imported('issuing', stranger.issuing, root))).toContain(
      'issuing.pem is not signed by root.pem',
    );
    const order = { role: 'issuing' as const, certificates: toPem(bank.issuing.certificate.der) };
    const custody = openCustody(config);
    const withKey = (key: string, keyPassphrase?: string) =>
      reason(importAuthorityKey(custody, { ...order, key, keyPassphrase }));
    expect(await withKey('nothing')).toContain('it is no private key in PEM');
    expect(await withKey(pkcs8(bank.issuing, 'transport'), 'wrong')).toContain(
      'the passphrase does not open it',
    );
    expect(await withKey(pkcs8(bank.issuing, 'transport'))).toContain('the passphrase does not open it');
    expect(await reason(importAuthorityKey(custody, { ...order, certificates: 'nothing' }))).toContain(
      'certificate:',
    );
    expect(await reason(importAuthorityKey(custody, order))).toContain('there is none for issuing');
    expect(await readdir(file('data')).catch(() => [])).toEqual([]);
  });

  it.each([
    ['RSA of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'too short'],
    [
      'an RSA exponent of 3',
      generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }).privateKey,
      'exponent',
    ],
    [
      'another curve',
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey,
      'neither RSA nor ECDSA P-256',
    ],
    ['Ed25519', generateKeyPairSync('ed25519').privateKey, 'neither RSA nor ECDSA P-256'],
  ])('are refused with %s', async (_what, privateKey, reason) => {
    const bank = await bankHierarchy();
    const reasons = await reasonsOf(imported('issuing', { ...bank.issuing, privateKey }, [bank.root]));
    expect(reasons.join()).toContain(reason);
  });

  it('do not take the place of a key that is there', async () => {
    const bank = await bankHierarchy();
    const other = await bankHierarchy();
    await imported('issuing', bank.issuing, [bank.root]);
    const again = await makeCertificate({
      commonName: 'Bank issuing 2',
      issuer: bank.root,
      ...valid(),
      extensions: ISSUING_EXTENSIONS,
    });
    expect((await reasonsOf(imported('issuing', again))).join()).toContain('issuing has another one already');
    expect((await reasonsOf(imported('issuing', other.issuing, [other.root]))).length).toBeGreaterThan(0);
    // The same once more is no harm.
    expect(await imported('issuing', bank.issuing)).toEqual({ certificates: ['issuing'], keyStored: false });
  });
});

const valid = () => ({
  notBefore: new Date(Date.now() - 60_000),
  notAfter: new Date(Date.now() + 3_600_000),
});
const ISSUING_EXTENSIONS = [
  ...AUTHORITY_EXTENSIONS,
  extensions.certificatePolicies(['1.3.6.1.4.1.99999.1']),
  extensions.crlDistributionPoint('http://pki.example/crl/root.crl'),
];

const bankAuthority = (commonName: string, options: object) =>
  makeCertificate({ commonName, ...valid(), ...options });

async function bankHierarchy() {
  const root = await bankAuthority('Bank root', { extensions: AUTHORITY_EXTENSIONS });
  const issuing = await bankAuthority('Bank issuing', { issuer: root, extensions: ISSUING_EXTENSIONS });
  const policies = extensions.certificatePolicies(['1.3.6.1.4.1.99999.2']);
  return {
    root,
    issuing,
    tsa: await bankAuthority('Bank TSA', { issuer: root, extensions: [...TSA_EXTENSIONS, policies] }),
    'ocsp-root': await bankAuthority('Bank OCSP root', { issuer: root, extensions: OCSP_EXTENSIONS }),
    'ocsp-issuing': await bankAuthority('Bank OCSP issuing', {
      issuer: issuing,
      extensions: OCSP_EXTENSIONS,
    }),
  };
}

const pkcs8 = ({ privateKey }: Pick<TestAuthority, 'privateKey'>, passphrase?: string): string =>
  privateKey
    .export({
      type: 'pkcs8',
      format: 'pem',
      ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }),
    })
    .toString();
