import { expect, it } from 'vitest';
import { makeHierarchy } from '../../../test/support/pki-hierarchy.ts';
import { CertificateCache } from './certificate-cache.ts';

it('certificates of people are forgotten, those that come again are the same objects', async () => {
  const { root, issuing, signer, tsa, responder } = await makeHierarchy();
  const cache = new CertificateCache();
  const all = [root, issuing, signer, tsa, responder].map(({ certificate }) => certificate.der);
  const before = all.map(cache.read);
  cache.forgetPeople();
  const after = all.map(cache.read);
  expect(after.map((certificate, at) => certificate === before[at])).toEqual([true, true, false, true, true]);
});
