import { beforeAll, describe, expect, it } from 'vitest';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  SIGNER_EXTENSIONS,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../../../../test/support/pki-hierarchy.ts';
import { type Certificate, CertificatePool, RevocationReader } from '../../../pki/index.ts';
import type { OfferedMaterial } from '../proof/offered-material.ts';
import type { ChainUse } from '../proof/revocation-status.ts';
import { protectionOf } from './protection.ts';

const year = (number: number): Date => new Date(`${number}-01-01T00:00:00Z`);

let root: TestAuthority;
let signer: Certificate;
beforeAll(async () => {
  root = await makeCertificate({
    commonName: 'Root',
    extensions: AUTHORITY_EXTENSIONS,
    notAfter: year(2027),
  });
  const issuer = root;
  const { certificate } = await makeCertificate({
    ...{ commonName: 'Signer', issuer, extensions: SIGNER_EXTENSIONS, notAfter: year(2028) },
  });
  signer = certificate;
});

const unit = async (name: string, notAfter: Date, keyType: 'ec' | 'rsa' = 'ec'): Promise<Certificate> =>
  (await makeCertificate({ commonName: name, issuer: root, extensions: TSA_EXTENSIONS, notAfter, keyType }))
    .certificate;

const useOf = (role: ChainUse['role'], certificate: Certificate): ChainUse => ({
  role,
  chain: [certificate, root.certificate],
  at: year(2026),
});

const offeredWith = (...units: readonly Certificate[]): OfferedMaterial => ({
  documentTimestamps: [],
  proofs: units.map((tsaCertificate, index) => ({
    revisionEnd: index,
    material: undefined,
    timestamp: {
      genTime: year(2026),
      serialHex: '1',
      policy: '1.2.3',
      accuracyMillis: undefined,
      tsaCertificate,
      chain: [tsaCertificate, root.certificate],
    },
  })),
  pool: new CertificatePool([]),
  materials: [],
  furtherMaterials: [],
});

const reader = new RevocationReader();

describe('a file proves what it proves until', () => {
  it('its signer expires, where there is no time stamp', () => {
    const uses = [useOf('signer', signer)];
    expect(protectionOf([{ uses, isCovered: false }], offeredWith(), reader)).toEqual({
      until: year(2028).toISOString(),
      by: 'certificate',
      name: 'Signer',
    });
  });

  it('the authority of its signature time stamp expires: the signer may have expired long before', async () => {
    const uses = [useOf('signer', signer), useOf('time-stamp authority', await unit('First', year(2033)))];
    expect(protectionOf([{ uses, isCovered: false }], offeredWith(), reader)).toMatchObject({
      until: year(2033).toISOString(),
      by: 'timestamp',
      name: 'First',
    });
  });

  it('the authority of its last document time stamp expires, whatever that covers', async () => {
    const uses = [useOf('signer', signer), useOf('time-stamp authority', await unit('First', year(2027)))];
    const offered = offeredWith(await unit('Second', year(2029)), await unit('Third', year(2041)));
    const signed = { uses, isCovered: true };
    expect(protectionOf([signed], offered, reader)).toMatchObject({
      until: year(2041).toISOString(),
      name: 'Third',
    });
    // A signature that was added behind all of them stands for itself.
    const added = { uses: [useOf('signer', signer)], isCovered: false };
    expect(protectionOf([signed, added], offered, reader)).toMatchObject({
      until: year(2028).toISOString(),
      by: 'certificate',
    });
  });

  it('a key is too short by the date table, however long its certificate lasts (TS 119 312)', async () => {
    const offered = offeredWith(await unit('Short Key', year(2040), 'rsa'));
    expect(protectionOf([], offered, reader)).toEqual({
      until: '2029-01-01T00:00:00.000Z',
      by: 'algorithm',
      name: 'Short Key',
    });
  });

  it('nothing that is known, where nothing leads to a trusted authority', () => {
    expect(protectionOf([{ uses: [], isCovered: false }], offeredWith(), reader)).toBeUndefined();
  });
});
