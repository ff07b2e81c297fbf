import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { signUpdates } from '../../../scripts/package/sign-updates.mjs';
import { SignedProvider } from './signed-provider.ts';

const pair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { publicKey, privateKey };
};
const NAME = 'latest-linux.yml';
const VERSION = [
  'version: 9.0.0',
  'files:',
  '  - url: One-Shot-Signature-Station-9.0.0.AppImage',
  `    sha512: ${Buffer.alloc(64, 7).toString('base64')}`,
  '    size: 1000',
  "releaseDate: '2026-11-30T00:00:00.000Z'",
  '',
].join('\n');

describe('a server of new versions', () => {
  const operator = pair();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'updates-'));
    writeFileSync(join(folder, NAME), VERSION);
  });
  const answers = () => {
    const source = {
      url: 'https://updates.example/station',
      channel: 'latest',
      publicKey: operator.publicKey,
    };
    const executor = {
      request: async ({ path = '' }: { path?: string }) =>
        readFileSync(join(folder, path.replace('/station/', '')), 'utf8'),
    };
    const runtime = { isUseMultipleRangeRequest: false, platform: 'linux', executor } as never;
    return new SignedProvider(source, runtime);
  };
  const change = (name: string, how: (text: string) => string) =>
    writeFileSync(join(folder, name), how(readFileSync(join(folder, name), 'utf8')));

  it('is believed with the signature of the operator, and its files are where it is', async () => {
    expect(signUpdates(folder, operator.privateKey)).toEqual([NAME]);
    const info = await answers().getLatestVersion();
    expect(info.version).toBe('9.0.0');
    expect(answers().resolveFiles(info)[0]?.url.href).toBe(
      'https://updates.example/station/One-Shot-Signature-Station-9.0.0.AppImage',
    );
  });

  it('says to which part of the computers, under the same signature', async () => {
    signUpdates(folder, operator.privateKey, 10);
    signUpdates(folder, operator.privateKey, 25);
    expect((await answers().getLatestVersion()).stagingPercentage).toBe(25);
    change(NAME, (text) => text.replace('25', '99'));
    await expect(answers().getLatestVersion()).rejects.toThrow('not signed');
  });

  it.each([
    ['signed by somebody else', () => signUpdates(folder, pair().privateKey)],
    ['changed afterwards', () => change(NAME, (text) => text.replace('9.0.0', '9.0.1'))],
    ['that tells of another file', () => change(NAME, (text) => text.replace('.AppImage', '.exe'))],
    ['with a word that is no signature', () => change(`${NAME}.sig`, () => 'AAAA')],
    [
      'with the signature of another channel',
      () => {
        writeFileSync(join(folder, 'beta-linux.yml'), VERSION);
        signUpdates(folder, operator.privateKey);
        change(`${NAME}.sig`, () => readFileSync(join(folder, 'beta-linux.yml.sig'), 'utf8'));
      },
    ],
  ])('is refused with a version %s', async (_what, spoil) => {
    signUpdates(folder, operator.privateKey);
    spoil();
    await expect(answers().getLatestVersion()).rejects.toThrow(/not signed/);
  });

  it('is refused without a signature, and without the hash of a file', async () => {
    await expect(answers().getLatestVersion()).rejects.toThrow();
    change(NAME, (text) => text.replace(/ {4}sha512.*\n/, ''));
    signUpdates(folder, operator.privateKey);
    await expect(answers().getLatestVersion()).rejects.toThrow('no SHA-512');
  });

  it('needs a key that can have signed it', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => signUpdates(folder, pem)).toThrow('Ed25519');
  });
});
