import { describe, expect, it } from 'vitest';
import { makeHierarchy } from '../../../test/support/pki-hierarchy.ts';
import { toPem, viewOfCertificate } from '../../pki/index.ts';
import { readCertificateFile } from './read-certificate-file.ts';

describe('a file of certificates', async () => {
  const { root, issuing } = await makeHierarchy();

  it.each([
    ['DER', root.certificate.der],
    ['PEM', Buffer.from(toPem(root.certificate.der))],
    [
      'PEM of Windows, with words around it',
      Buffer.from(`Root:\r\n${toPem(root.certificate.der).replaceAll('\n', '\r\n')}`),
    ],
  ])('is read as %s', (_kind, bytes) => {
    const [certificate, ...others] = readCertificateFile(bytes);
    expect(others).toEqual([]);
    expect(certificate && viewOfCertificate(certificate)).toMatchObject({
      fingerprint: root.certificate.fingerprint,
      subject: 'CN=Test Root, C=ES',
      notAfter: root.certificate.notAfter.toISOString(),
    });
  });

  it('may hold several, each once', () => {
    const text = [root, issuing, root].map(({ certificate }) => toPem(certificate.der)).join('');
    expect(readCertificateFile(Buffer.from(text)).map(({ ca }) => ca)).toEqual([true, true]);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['words', Buffer.from('no certificate')],
    ['a torn certificate', root.certificate.der.subarray(0, 200)],
    ['a key', Buffer.from('-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n')],
    ['garbage in PEM', Buffer.from('-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n')],
  ])('is refused with %s in it', (_what, bytes) => {
    expect(() => readCertificateFile(bytes)).toThrow(
      expect.objectContaining({ code: 'OSS_CERTIFICATE_FILE_INVALID' }),
    );
  });
});
