import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { asFile, openssl } from '../../../test/support/openssl.ts';
import {
  type Hierarchy,
  makeCertificate,
  makeHierarchy,
  NOW,
  SIGNER_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { integer, octetString, oid, sequence, setOf } from '../der/writer.ts';
import { PkiError } from '../errors.ts';
import {
  assembleCms,
  buildSignedAttributes,
  derOfContents,
  digest,
  estimateCmsSize,
  OID,
  parseSignedAttributes,
  parseSignedData,
  toPem,
  validatePath,
  verifyCms,
} from '../index.ts';
import { encodeAttribute } from './attributes.ts';

const content = Buffer.from('the signed part of a document');
const contentDigest = digest('sha256', content);
let hierarchy: Hierarchy;

async function sign(options: { attributes?: Uint8Array; token?: Uint8Array; rsa?: boolean } = {}) {
  const { issuing } = hierarchy;
  const party = options.rsa
    ? await makeCertificate({
        commonName: 'R',
        issuer: issuing,
        keyType: 'rsa',
        extensions: SIGNER_EXTENSIONS,
      })
    : hierarchy.signer;
  const signedAttributes =
    options.attributes ??
    buildSignedAttributes({ messageDigest: contentDigest, signingCertificate: party.certificate.der });
  return assembleCms({
    signedAttributes,
    signature: await party.signer.sign(signedAttributes),
    scheme: party.signer.scheme,
    certificate: party.certificate.der,
    chain: [issuing.certificate.der],
    ...(options.token ? { timestampToken: options.token } : {}),
  });
}

function reasonOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof PkiError ? error.reason : `unexpected ${String(error)}`;
  }
  return 'accepted';
}

beforeAll(async () => {
  hierarchy = await makeHierarchy();
});

describe('a signature as PAdES B-B wants it', () => {
  test.each([false, true])('is accepted by OpenSSL and by us (RSA: %s)', async (rsa) => {
    const cms = await sign({ rsa });
    const verdict = openssl(
      ...[
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        '-in',
        asFile(cms),
        '-content',
        asFile(content),
      ],
      ...[
        '-CAfile',
        asFile(toPem(hierarchy.root.certificate.der)),
        '-purpose',
        'any',
        '-attime',
        `${NOW.getTime() / 1000}`,
      ],
    );
    expect(verdict).toContain(content.toString());
    const verified = verifyCms(cms, contentDigest);
    expect(verified).toMatchObject({
      digestMatches: true,
      signingCertificateMatches: true,
      signatureValid: true,
      findings: [],
      timestampTokens: [],
    });
    const signer = verified.signerCertificate;
    if (signer === undefined) throw new Error('no signer');
    const chain = validatePath(signer, verified.certificates, [hierarchy.root.certificate], NOW, 'signing');
    expect(chain).toHaveLength(3);
  });

  test('signed attributes: three, in DER order, without signing-time', () => {
    const attributes = buildSignedAttributes({
      messageDigest: contentDigest,
      signingCertificate: hierarchy.signer.certificate.der,
    });
    const parsed = parseSignedAttributes(attributes);
    expect(parsed).toMatchObject({ contentType: OID.data, hasSigningTime: false });
    expect([...parsed.types].sort()).toEqual(
      [OID.contentType, OID.messageDigest, OID.signingCertificateV2].sort(),
    );
    expect(parsed.messageDigest).toEqual(contentDigest);
    expect(parsed.signingCertificate?.hash).toEqual(digest('sha256', hierarchy.signer.certificate.der));
  });
});

describe('what is wrong is told apart', () => {
  test('other content', async () => {
    const verified = verifyCms(await sign(), digest('sha256', Buffer.from('other')));
    expect(verified).toMatchObject({ digestMatches: false, signatureValid: true });
  });

  test('signature value changed', async () => {
    const cms = Buffer.from(await sign());
    const { signature } = parseSignedData(cms).signer;
    const at = cms.indexOf(signature) + signature.length - 3;
    cms[at] = (cms[at] ?? 0) ^ 1;
    expect(verifyCms(cms, contentDigest)).toMatchObject({ digestMatches: true, signatureValid: false });
  });

  test('reference to another certificate of the same key', async () => {
    const attributes = buildSignedAttributes({
      messageDigest: contentDigest,
      signingCertificate: hierarchy.issuing.certificate.der,
    });
    const verified = verifyCms(await sign({ attributes }), contentDigest);
    expect(verified).toMatchObject({ signingCertificateMatches: false, signatureValid: true });
  });

  test('signing-time, and a content type other than id-data, are findings', async () => {
    const attributes = setOf(
      encodeAttribute(OID.contentType, oid(OID.tstInfo)),
      encodeAttribute(OID.messageDigest, octetString(contentDigest)),
      encodeAttribute(OID.signingTime, Buffer.from('170d3236303630313132303030305a', 'hex')),
    );
    expect(verifyCms(await sign({ attributes }), contentDigest).findings).toEqual([
      'content-type is not id-data (T02)',
      'no signing-certificate-v2 (T08)',
      'signing-time present (T13)',
    ]);
  });

  test('attributes out of DER order are malformed', () => {
    const members = [
      encodeAttribute(OID.messageDigest, octetString(contentDigest)),
      encodeAttribute(OID.contentType, oid(OID.data)),
    ];
    const disordered = Buffer.from(sequence(...members));
    disordered[0] = 0x31;
    expect(reasonOf(() => parseSignedAttributes(disordered))).toBe('malformed');
    expect(reasonOf(() => parseSignedAttributes(setOf(...members)))).toBe('accepted');
  });

  test('any byte changed: refused or reported, never an unforeseen exception and never valid', async () => {
    const cms = await sign();
    fc.assert(
      fc.property(fc.nat(cms.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
        const changed = Buffer.from(cms);
        changed[index] = (changed[index] ?? 0) ^ mask;
        let verified: ReturnType<typeof verifyCms>;
        try {
          verified = verifyCms(changed, contentDigest);
        } catch (error) {
          expect(error).toBeInstanceOf(PkiError);
          return;
        }
        const { signerCertificate } = verified;
        const sound = verified.signatureValid && verified.signingCertificateMatches && verified.digestMatches;
        // What no signature covers (versions, the embedded chain) may change without harm to what is signed.
        if (sound) expect(signerCertificate?.der).toEqual(Buffer.from(hierarchy.signer.certificate.der));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the placeholder of the signature', () => {
  test('zeros may follow the value, nothing else', async () => {
    const cms = await sign();
    const padded = Buffer.concat([cms, Buffer.alloc(100)]);
    expect(derOfContents(padded)).toEqual(Buffer.from(cms));
    padded[padded.length - 1] = 1;
    expect(reasonOf(() => derOfContents(padded))).toBe('malformed');
    expect(reasonOf(() => derOfContents(Buffer.concat([cms, cms])))).toBe('malformed');
  });

  test('10,000 signatures of every length fit the estimate', async () => {
    const { signer, issuing } = hierarchy;
    const attributes = buildSignedAttributes({
      messageDigest: contentDigest,
      signingCertificate: signer.certificate.der,
    });
    const token = new Uint8Array(3000).fill(0x30);
    const estimate = estimateCmsSize({
      keyAlgorithm: 'ecdsa-p256',
      chainBytes: signer.certificate.der.length + issuing.certificate.der.length,
      issuerNameBytes: signer.certificate.issuer.der.length,
      timestampTokenBytes: token.length,
    });
    let largest = 0;
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 32 }),
        fc.uint8Array({ minLength: 1, maxLength: 32 }),
        (r, s) => {
          const { length } = assembleCms({
            signedAttributes: attributes,
            signature: sequence(integer(r), integer(s)),
            scheme: 'ecdsa-p256-sha256',
            certificate: signer.certificate.der,
            chain: [issuing.certificate.der],
            timestampToken: token,
          });
          largest = Math.max(largest, length);
          return length <= estimate;
        },
      ),
      { numRuns: 10_000 },
    );
    const fullest = integer(new Uint8Array(32).fill(0xff));
    expect(sequence(fullest, fullest)).toHaveLength(72);
    expect(estimate - largest).toBeLessThan(400);
  });
});
