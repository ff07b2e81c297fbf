import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePkcs11Uri } from './uri.ts';

/** Every octet as RFC 7512 §2.3 lets any octet be written. */
const encode = (bytes: Uint8Array): string =>
  [...bytes].map((octet) => `%${octet.toString(16).padStart(2, '0')}`).join('');

describe('a PKCS#11 URI', () => {
  it('names token, object and PIN as RFC 7512 writes them', () => {
    const uri =
      'pkcs11:token=The%20Software%20PKCS%2311;manufacturer=SoftHSM%20project;object=my-key;type=private;id=%69%00?pin-source=file:/etc/token';
    expect(parsePkcs11Uri(uri)).toEqual({
      token: { label: 'The Software PKCS#11', manufacturerID: 'SoftHSM project' },
      object: 'my-key',
      id: '6900',
      pinFile: '/etc/token',
    });
    expect(parsePkcs11Uri('pkcs11:serial=1?pin-source=file:///run/pin').pinFile).toBe('/run/pin');
    expect(parsePkcs11Uri('pkcs11:').token).toEqual({});
  });

  it('gives back any label and any identifier', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.uint8Array({ minLength: 1 }),
        (label, id) => {
          const parsed = parsePkcs11Uri(`pkcs11:token=${encode(Buffer.from(label))};id=${encode(id)}`);
          expect(parsed.token.label).toBe(Buffer.from(label).toString());
          expect(parsed.id).toBe(Buffer.from(id).toString('hex'));
        },
      ),
    );
  });

  it.each([
    ['pkcs11:token=a?pin-value=1234', 'pin-value'],
    ['pkcs11:token=a?pin-source=|/bin/cat', 'no program'],
    ['pkcs11:token=a?pin-source=relative', 'absolute'],
    ['pkcs11:token=a;token=b', 'twice'],
    ['pkcs11:token=%4', 'two digits'],
    ['pkcs11:slot-id=1', 'not supported'],
    ['pkcs11:token', 'no value'],
    ['file:/x', 'not a PKCS#11 URI'],
  ])('%s is refused', (uri, reason) => {
    expect(() => parsePkcs11Uri(uri)).toThrow(reason);
  });

  it('of any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parsePkcs11Uri(`pkcs11:${text}`);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
