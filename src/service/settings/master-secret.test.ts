import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { deriveSecrets, loadMasterSecret } from './master-secret.ts';

const dataDirectory = mkdtempSync(join(tmpdir(), 'secret-'));
afterAll(() => rmSync(dataDirectory, { recursive: true }));

describe('the master secret', () => {
  it('is generated once, for its owner only', () => {
    const config = { masterSecret: { from: 'generated' as const }, dataDirectory };
    const first = loadMasterSecret(config);
    expect(first).toHaveLength(32);
    expect(loadMasterSecret(config)).toEqual(first);
    expect(statSync(join(dataDirectory, 'master.secret')).mode & 0o777).toBe(0o600);
  });

  it('comes from a file or the environment, in hexadecimal or base64, and has 32 bytes', () => {
    const secret = randomBytes(32);
    const path = join(dataDirectory, 'given');
    writeFileSync(path, `${secret.toString('base64')}\n`);
    expect(loadMasterSecret({ masterSecret: { from: 'file', path }, dataDirectory })).toEqual(secret);
    const masterSecret = { from: 'environment' as const, variable: 'SECRET' };
    const from = (SECRET: string) => loadMasterSecret({ masterSecret, dataDirectory }, { SECRET });
    expect(from(secret.toString('hex'))).toEqual(secret);
    for (const wrong of ['', 'short', secret.toString('hex').slice(2)]) {
      expect(() => from(wrong)).toThrow('32 bytes are needed');
    }
  });
});

describe('what is derived from it', () => {
  it('is stable, and different for every purpose', () => {
    const master = randomBytes(32);
    const [a, b, other] = [deriveSecrets(master), deriveSecrets(master), deriveSecrets(randomBytes(32))];
    const keys = [
      a.databaseKey,
      a.keyStorePassphrase,
      Buffer.from(a.otpKey).toString('hex'),
      a.hashToken('x'),
      a.fingerprint('x'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(b.databaseKey).toBe(a.databaseKey);
    expect(other.databaseKey).not.toBe(a.databaseKey);
  });

  it('seals what is kept: only unchanged, in its place and with its key is it opened', () => {
    const { box } = deriveSecrets(randomBytes(32));
    const sealed = box.seal(Buffer.from('a name'), 'row 1');
    expect(Buffer.from(box.open(sealed, 'row 1')).toString()).toBe('a name');
    expect(box.seal(Buffer.from('a name'), 'row 1')).not.toEqual(sealed);
    expect(() => box.open(sealed, 'row 2')).toThrow();
    expect(() => deriveSecrets(randomBytes(32)).box.open(sealed, 'row 1')).toThrow();
    for (const position of [0, 12, sealed.length - 1]) {
      const changed = Uint8Array.from(sealed);
      changed[position] = (changed[position] ?? 0) ^ 1;
      expect(() => box.open(changed, 'row 1')).toThrow();
    }
  });
});
