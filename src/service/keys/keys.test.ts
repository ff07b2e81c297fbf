import { createPublicKey, verify } from 'node:crypto';
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openssl } from '../../../test/support/openssl.ts';
import { KEY_ALGORITHMS, KEY_KINDS } from '../../contract/model/key-algorithm.ts';
import type { Signer } from '../../pki/index.ts';
import { generateSingleUseKey } from './single-use-key.ts';
import { SoftwareKeyStore } from './software/software-key-store.ts';

const freshDirectory = () => mkdtemp(join(tmpdir(), 'oss-keys-'));
const data = Buffer.from('signed attributes');

async function signs(signer: Signer): Promise<boolean> {
  const key = createPublicKey({ key: Buffer.from(signer.publicKeySpki), format: 'der', type: 'spki' });
  return verify('sha256', data, key, await signer.sign(data));
}

describe('keys of the authorities', () => {
  test('survive a restart, and only their owner can read the file', async () => {
    const directory = await freshDirectory();
    const created = await new SoftwareKeyStore(directory, 'derived passphrase').create('root', 'ecdsa-p256');
    const restarted = new SoftwareKeyStore(directory, 'derived passphrase');
    const loaded = await restarted.load('root');
    expect(loaded?.publicKeySpki).toEqual(created.publicKeySpki);
    expect(loaded && (await signs(loaded))).toBe(true);
    expect(await restarted.list()).toEqual(['root']);
    expect(await readdir(directory)).toEqual(['root.key.pem']);
    expect((await stat(join(directory, 'root.key.pem'))).mode & 0o777).toBe(0o600);
  });

  test('are PBES2 with AES-256 to OpenSSL, which opens them with the passphrase only', async () => {
    const directory = await freshDirectory();
    await new SoftwareKeyStore(directory, 'derived passphrase').create('tsa', 'rsa-2048');
    const path = join(directory, 'tsa.key.pem');
    expect(openssl('asn1parse', '-in', path)).toMatch(/PBES2[\s\S]*PBKDF2[\s\S]*aes-256-cbc/);
    expect(openssl('pkcs8', '-in', path, '-passin', 'pass:derived passphrase')).toContain(
      'BEGIN PRIVATE KEY',
    );
    expect(() => openssl('pkcs8', '-in', path, '-passin', 'pass:wrong')).toThrow();
    expect(await readFile(path, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
  });

  test('a taken label, a wrong passphrase and a label that is a path are refused; an unknown one is absent', async () => {
    const directory = await freshDirectory();
    const store = new SoftwareKeyStore(directory, 'derived passphrase');
    await store.create('root', 'ecdsa-p256');
    const refused = { code: 'OSS_CONFIG_INVALID' };
    await expect(store.create('root', 'ecdsa-p256')).rejects.toMatchObject(refused);
    await expect(new SoftwareKeyStore(directory, 'another').load('root')).rejects.toMatchObject(refused);
    await expect(store.load('../root')).rejects.toMatchObject(refused);
    expect(await store.load('issuing')).toBeUndefined();
    expect(await new SoftwareKeyStore(join(directory, 'nowhere'), 'x').list()).toEqual([]);
  });
});

describe('single-use keys', () => {
  test.each(KEY_ALGORITHMS)('%s signs, and after destruction refuses to', async (algorithm) => {
    const key = await generateSingleUseKey(algorithm);
    expect(await signs(key)).toBe(true);
    expect(key.publicKeySpki).toHaveLength(KEY_KINDS[algorithm].spkiBytes);
    key.destroy();
    expect(key.destroyed).toBe(true);
    await expect(key.sign(data)).rejects.toMatchObject({ code: 'OSS_INTERNAL' });
  });

  test('making an RSA 4096 key leaves the event loop free', async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 5);
    const started = performance.now();
    await generateSingleUseKey('rsa-4096');
    clearInterval(timer);
    expect(ticks).toBeGreaterThan((performance.now() - started) / 50);
  });
});
