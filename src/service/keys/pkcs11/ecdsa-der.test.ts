import { createPrivateKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { ecdsaDer } from './ecdsa-der.ts';

it('what a token signs, OpenSSL verifies in DER, whatever the length of its numbers', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const lengths = new Set<number>();
  for (let n = 0; n < 600; n++) {
    const data = Buffer.from(`message ${n}`);
    const raw = sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
    const der = ecdsaDer(raw);
    lengths.add(der.length);
    expect(verify('sha256', data, publicKey, der)).toBe(true);
  }
  expect(lengths.size).toBeGreaterThan(2);
  expect(Buffer.from(ecdsaDer(new Uint8Array(64))).toString('hex')).toBe('3006020100020100');
});
