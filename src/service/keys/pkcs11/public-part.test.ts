import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ecPublicPart, rsaPublicPart } from './public-part.ts';

const spkiOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
const bytesOf = (text = '') => Buffer.from(text, 'base64url');

describe('the public part that a token shows', () => {
  it('is that of a point of P-256, bare or inside an OCTET STRING, whatever the point begins with', () => {
    for (let n = 0; n < 1200; n++) {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x, y } = publicKey.export({ format: 'jwk' });
      const point = Buffer.concat([Buffer.of(4), bytesOf(x), bytesOf(y)]);
      const expected = { algorithm: 'ecdsa-p256', spki: spkiOf(publicKey) };
      expect(ecPublicPart(point)).toEqual(expected);
      expect(ecPublicPart(Buffer.concat([Buffer.of(4, point.length), point]))).toEqual(expected);
    }
  });

  it('is that of an RSA key, with zeros in front or without', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n, e } = publicKey.export({ format: 'jwk' });
    const expected = { algorithm: 'rsa-2048', spki: spkiOf(publicKey) };
    expect(rsaPublicPart(bytesOf(n), bytesOf(e))).toEqual(expected);
    expect(rsaPublicPart(Buffer.concat([Buffer.of(0), bytesOf(n)]), bytesOf(e))).toEqual(expected);
  });

  it('is refused for keys that we do not sign with', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' });
    const { x, y } = publicKey.export({ format: 'jwk' });
    const point = Buffer.concat([Buffer.of(4), bytesOf(x), bytesOf(y)]);
    expect(() => ecPublicPart(point)).toThrow(RangeError);
    expect(() => ecPublicPart(Buffer.alloc(65))).toThrow(RangeError);
    expect(() => rsaPublicPart(Buffer.alloc(128, 0xff), Buffer.of(1, 0, 1))).toThrow(RangeError);
  });
});
