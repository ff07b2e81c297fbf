import { createPublicKey, publicDecrypt, randomBytes, verify } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeSandbox } from '../../../test/support/sandbox.ts';
import { digest } from '../../pki/index.ts';
import { SoftwareKeyStore } from '../keys/software/software-key-store.ts';
import { findUnfitSeal } from './find-unfit.ts';
import { openSeals } from './open-seals.ts';
import { sealing } from './sealing.ts';

const OFFICER = { username: 'officer' };

async function openSandboxSeals(seals?: readonly { id: string; key?: string }[]) {
  const { options, authorities } = await makeSandbox();
  const keyStore = new SoftwareKeyStore(join(options.directory, 'keys'), 'derived passphrase');
  const noted: unknown[] = [];
  const opened = openSeals({
    config: { mode: 'sandbox', dataDirectory: options.directory, ...(seals && { seals: [...seals] }) },
    keyStore,
    authorities,
    publicUrl: options.publicUrl,
    ports: options,
  });
  const service = sealing({
    seals: opened,
    store: {
      transaction: async (work: (parts: unknown) => Promise<unknown>) =>
        work({ events: { append: async (...event: unknown[]) => noted.push(event) } }),
    } as never,
    checkPin: async () => undefined,
    tsa: { timestamp: () => Promise.reject(new Error('not asked for')) },
    revocationData: async () => ({ crls: [], ocspResponses: [] }),
    clock: () => new Date(),
    wait: async () => undefined,
    counter: { add: () => undefined },
  });
  return { service, keyStore, noted, authorities };
}

it('signs hashes that were made elsewhere, in their order, and notes them before', async () => {
  const { service, noted } = await openSandboxSeals();
  const [seal] = await service.seals.of(OFFICER);
  const texts = [randomBytes(40), randomBytes(60)];
  const hashes = texts.map((text) => digest('sha256', text));
  const signatures = await service.signHashes(OFFICER, 'sandbox-seal', hashes);
  const spki = Buffer.from(seal?.certificate.publicKeySpki ?? []);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  for (const [index, signature] of signatures.entries())
    expect(verify('sha256', texts[index] ?? Buffer.of(), key, signature)).toBe(true);
  expect(publicDecrypt(key, signatures[0] ?? Buffer.of()).subarray(-32)).toEqual(hashes[0]);
  expect(noted).toMatchObject([
    ['service', 'seal.used', { seal: 'sandbox-seal', officer: 'officer', via: 'csc' }],
  ]);
  await expect(service.signHashes(OFFICER, 'sandbox-seal', [randomBytes(20)])).rejects.toThrow('no SHA-256');
});

it('an ECDSA key in a file signs documents, but no hash of somebody else', async () => {
  const { service, keyStore, noted } = await openSandboxSeals([{ id: 'curve' }]);
  await keyStore.create('seal-curve', 'ecdsa-p256');
  await expect(service.signHashes(OFFICER, 'curve', [randomBytes(32)])).rejects.toMatchObject({
    code: 'OSS_REQUEST_INVALID',
  });
  expect(noted).toEqual([]);
});

it('names everything that keeps a certificate from being a seal', async () => {
  const { service, authorities } = await openSandboxSeals();
  const [seal] = await service.seals.of(OFFICER);
  if (!seal) throw new Error('no seal');
  const { certificate, chain, signer } = seal;
  const now = new Date();
  expect(findUnfitSeal({ certificate, chain }, signer.publicKeySpki, now)).toEqual([]);
  const later = new Date(now.getTime() + 4 * 365 * 24 * 3600_000);
  expect(findUnfitSeal({ certificate, chain: [] }, undefined, later)).toEqual([
    'its key is missing',
    'the certificate is outside its validity',
    'the certificate of its authority is missing',
  ]);
  const { root, issuing } = authorities;
  expect(
    findUnfitSeal({ certificate: issuing.certificate, chain: [root.certificate] }, signer.publicKeySpki, now),
  ).toEqual(
    expect.arrayContaining([
      'the certificate is of another key',
      'the certificate has no identifier of the organisation',
      'the certificate is of an authority',
      'the certificate may not sign',
    ]),
  );
  expect(findUnfitSeal({ certificate, chain: [root.certificate] }, signer.publicKeySpki, now)).toHaveLength(
    1,
  );
});
