import { createPrivateKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { ecdsaDer } from './ecdsa-der.ts';

it.each(['P-256', 'P-384', 'P-521'])(
  'what a token signs on %s, OpenSSL verifies in DER, whatever the length of its numbers',
  (curve) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
    const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const lengths = new Set<number>();
    for (let n = 0; n < 300; n++) {
      const data = Buffer.from(`message ${n}`);
      const raw = sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
      const der = ecdsaDer(raw);
      lengths.add(der.length);
      expect(verify('sha256', data, publicKey, der)).toBe(true);
    }
    expect(lengths.size).toBeGreaterThan(2);
    expect(Buffer.from(ecdsaDer(new Uint8Array(64))).toString('hex')).toBe('3006020100020100');
  },
);
