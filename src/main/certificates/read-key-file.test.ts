import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openssl } from '../../../test/support/openssl.ts';
import { readKeyFile } from './read-key-file.ts';

/** A minute after the certificates are issued. */
const NOW = new Date(Date.now() + 60_000);
const PASSWORD = 'from the operator';

describe('a PKCS#12 file of OpenSSL', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);

  function issue(name: string, algorithm: readonly string[], ...more: readonly string[]): void {
    const issuer = name === 'ca' ? [] : ['-CA', at('ca.pem'), '-CAkey', at('ca.key')];
    openssl(
      ...['req', '-x509', '-nodes', ...algorithm, '-subj', `/C=ES/O=Banco/CN=${name}`],
      ...['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`), ...issuer, ...more],
    );
  }
  async function pack(name: string, password: string, ...more: readonly string[]): Promise<Buffer> {
    openssl(
      ...['pkcs12', '-export', '-inkey', at(`${name}.key`), '-in', at(`${name}.pem`)],
      ...['-certfile', at('ca.pem'), '-passout', `pass:${password}`, '-out', at(`${name}.p12`), ...more],
    );
    return readFile(at(`${name}.p12`));
  }
  const fingerprint = async (name: string) =>
    new X509Certificate(await readFile(at(`${name}.pem`))).fingerprint256;

  const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const RSA = ['-newkey', 'rsa:2048'];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'p12-'));
    issue('ca', EC);
    issue('elliptic', EC);
    issue('rsa', RSA);
    issue('server', EC, '-addext', 'extendedKeyUsage=serverAuth');
    issue('client', EC, '-addext', 'extendedKeyUsage=clientAuth');
  });

  it.each([
    ['an elliptic key', 'elliptic', []],
    ['an RSA key', 'rsa', []],
    ['the older ciphers', 'rsa', ['-legacy']],
    ['the older ciphers around an elliptic key', 'elliptic', ['-legacy']],
    ['a purpose that fits', 'client', []],
    ['another MAC', 'rsa', ['-macalg', 'sha512', '-iter', '10000']],
  ])('opens with %s: key and certificate are those that went in', async (_what, name, options) => {
    const file = readKeyFile(await pack(name, PASSWORD, ...options), PASSWORD, NOW);
    expect(file.certificate.fingerprint256).toBe(await fingerprint(name));
    const pkcs8 = openssl('pkcs8', '-topk8', '-nocrypt', '-in', at(`${name}.key`)).toString();
    expect(file.key.trim()).toBe(pkcs8.trim());
  });

  it.each(['contraseña', 'Łódź 12', 'пароль'])('opens with the password %s', async (password) => {
    expect(readKeyFile(await pack('rsa', password), password, NOW).certificate.subject).toContain('CN=rsa');
    expect(readKeyFile(await pack('rsa', password, '-legacy'), password, NOW).key).toContain('PRIVATE KEY');
  });

  it.each(['wrong', '', 'from the operatoR', 'contraseña'])(
    'is closed to the password %j',
    async (password) => {
      const bytes = await pack('elliptic', PASSWORD);
      expect(() => readKeyFile(bytes, password, NOW)).toThrow(
        expect.objectContaining({ code: 'OSS_CERTIFICATE_FILE_PASSWORD' }),
      );
    },
  );

  it.each(['2000-01-01', '2100-01-01'])(
    'is refused when its certificate is not valid, as in %s',
    async (date) => {
      const bytes = await pack('elliptic', PASSWORD);
      expect(() => readKeyFile(bytes, PASSWORD, new Date(date))).toThrow(
        expect.objectContaining({
          code: 'OSS_CERTIFICATE_FILE_EXPIRED',
          details: { notBefore: expect.any(String), notAfter: expect.any(String) },
        }),
      );
    },
  );

  it('is refused without a key, or with one that belongs to no certificate in it', async () => {
    const options = ['-nokeys', '-in', at('rsa.pem'), '-passout', `pass:${PASSWORD}`];
    openssl('pkcs12', '-export', ...options, '-out', at('bare.p12'));
    const bare = await readFile(at('bare.p12'));
    expect(() => readKeyFile(bare, PASSWORD, NOW)).toThrow(
      expect.objectContaining({ code: 'OSS_CERTIFICATE_FILE_NO_KEY' }),
    );
  });

  it('is refused when its certificate is for servers only', async () => {
    const bytes = await pack('server', PASSWORD);
    expect(() => readKeyFile(bytes, PASSWORD, NOW)).toThrow(
      expect.objectContaining({ code: 'OSS_CERTIFICATE_FILE_INVALID' }),
    );
  });

  it('leaves the root out of what is shown to the server', async () => {
    const { certificates } = readKeyFile(await pack('elliptic', PASSWORD), PASSWORD, NOW);
    expect(certificates.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
  });

  it('is answered with one of our errors whatever is in it', async () => {
    const good = await pack('elliptic', PASSWORD, '-iter', '1');
    const codes = /^OSS_CERTIFICATE_FILE_/;
    const outcome = (bytes: Uint8Array): string => {
      try {
        readKeyFile(bytes, PASSWORD, NOW);
        return 'OSS_CERTIFICATE_FILE_OPENED';
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(outcome(bytes)).toMatch(codes);
      }),
    );
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (offset, flip) => {
        const bytes = Uint8Array.from(good);
        bytes[offset] = (bytes[offset] ?? 0) ^ flip;
        expect(outcome(bytes)).toMatch(codes);
      }),
      { numRuns: 300 },
    );
  });
});
