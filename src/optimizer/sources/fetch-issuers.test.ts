import { expect, it } from 'vitest';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  SIGNER_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { OssError } from '../../contract/errors.ts';
import { CertificateCache, extensions } from '../../pki/index.ts';
import { fetchIssuers } from './fetch-issuers.ts';

const STRANGERS = 40;

it('asks a few of the addresses that strangers name, however many there are', async () => {
  const root = await makeCertificate({ commonName: 'Root', extensions: AUTHORITY_EXTENSIONS });
  const leaves = [];
  for (let number = 0; number < STRANGERS; number += 1) {
    const caIssuers = [`http://pki.example/${number}.cer`];
    const leaf = await makeCertificate({
      commonName: `Stranger ${number}`,
      issuer: root,
      extensions: [...SIGNER_EXTENSIONS, extensions.authorityInfoAccess({ caIssuers, ocsp: [] })],
    });
    leaves.push(leaf.certificate);
  }
  const asked: string[] = [];
  const found = await fetchIssuers(leaves, {
    known: [],
    hosts: new Set(['pki.example']),
    source: {
      certificate: async (url: string) => {
        asked.push(url);
        throw new OssError('OSS_SOURCE_FAILED', { reason: 'no connection' });
      },
      crl: async () => Promise.reject(new Error('not asked for')),
      ocsp: async () => Promise.reject(new Error('not asked for')),
    },
    certificates: new CertificateCache(),
    onAttempt: async () => undefined,
  });
  expect(found).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThan(STRANGERS / 2);
});
