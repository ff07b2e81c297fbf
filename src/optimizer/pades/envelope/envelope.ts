import type { Check, VerifiedSignature } from '../../../contract/model/verification.ts';
import type { ByteRange, DigestAlgorithm, PdfSignature } from '../../../pdf/index.ts';
import {
  type Certificate,
  type CmsVerification,
  PkiError,
  parseForeignSignedData,
  type ReadCertificate,
  verifyCms,
} from '../../../pki/index.ts';
import { failed, passed, undecided } from './verdict.ts';

const PADES_SUBFILTER = 'ETSI.CAdES.detached';
/** Detached CMS; the older kinds sign a SHA-1 digest (ISO 32000-2 table 260). */
const READABLE_SUBFILTERS: readonly string[] = [PADES_SUBFILTER, 'adbe.pkcs7.detached'];

export interface Envelope {
  readonly integrity: Check;
  readonly level: VerifiedSignature['level'];
  /** Undefined where the CMS cannot be read at all. */
  readonly cms: CmsVerification | undefined;
  /** Certificates in the CMS and in its time stamp. */
  readonly certificates: readonly Certificate[];
}

/** The digest over what a range covers. */
export type DigestRange = (range: ByteRange, algorithm: DigestAlgorithm) => Promise<Uint8Array>;

/**
 * Reads the CMS in /Contents and compares it with the bytes that it claims to cover. `pool`: where the certificate of the
 * signer may be, too.
 */
export async function readEnvelope(
  digestRange: DigestRange,
  signature: PdfSignature,
  readCertificate: ReadCertificate,
  pool: Iterable<Certificate> = [],
): Promise<Envelope> {
  if (!signature.byteRange) return without(unreadable('no byte range'));
  if (!READABLE_SUBFILTERS.includes(signature.subFilter ?? '')) {
    const sentence = `The signature is of a kind (${signature.subFilter ?? 'none'}) that is not checked here.`;
    return without(undecided('integrity', sentence, 'unsupportedFormat'));
  }
  const { byteRange, contents } = signature;
  return envelopeOf(async () => {
    const signedData = parseForeignSignedData(contents, readCertificate);
    // ISO 32000-2 §12.8.3.3.1: otherwise it would be open which of the two was signed.
    if (signedData.content !== undefined) throw new PkiError('malformed', 'it holds content of its own');
    const digest = await digestRange(byteRange, signedData.signer.digest);
    const cms = verifyCms(signedData, digest, readCertificate, pool);
    return { cms, level: levelOf(signature, cms) };
  }, readCertificate);
}

const without = (integrity: Check): Envelope => ({
  integrity,
  level: 'none',
  cms: undefined,
  certificates: [],
});

const unreadable = (what: string): Check =>
  failed('integrity', `The signature cannot be read (${what}).`, 'unreadable');

/** What a signature value proves, or why it cannot be read. `verify` may throw PkiError. */
export async function envelopeOf(
  verify: () => Promise<{ readonly cms: CmsVerification; readonly level: Envelope['level'] }>,
  readCertificate: ReadCertificate,
): Promise<Envelope> {
  try {
    const { cms, level } = await verify();
    const inTokens = cms.timestampTokens.flatMap((token) => certificatesIn(token, readCertificate));
    return { integrity: integrityCheck(cms), level, cms, certificates: [...cms.certificates, ...inTokens] };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return without(unreadableCheck(error));
  }
}

function unreadableCheck({ reason, message }: PkiError): Check {
  if (reason === 'weak-cryptography') return weakIntegrity(message);
  if (reason === 'unsupported-format') {
    const sentence = `The signature is of a kind (${message}) that is not checked here.`;
    return undecided('integrity', sentence, 'unsupportedFormat');
  }
  if (reason !== 'unsupported-algorithm') return unreadable(message);
  const sentence = `The signature uses an algorithm that is not checked here (${message}).`;
  return undecided('integrity', sentence, 'unsupportedAlgorithm');
}

/** None of a token that cannot be read: its own check says so. */
function certificatesIn(token: Uint8Array, readCertificate: ReadCertificate): readonly Certificate[] {
  try {
    return parseForeignSignedData(token, readCertificate).certificates;
  } catch (error) {
    if (error instanceof PkiError) return [];
    throw error;
  }
}

/** EN 319 102-1 §5.2.8: it may hold, but others could have made it as well. */
const weakIntegrity = (what: string): Check =>
  undecided(
    'integrity',
    `The signature rests on cryptography that is not relied on (${what}): others could have made it as well.`,
    'weakCryptography',
  );

function integrityCheck(cms: CmsVerification): Check {
  if (!cms.digestMatches)
    return failed(
      'integrity',
      'The document was changed: its content is not what was signed.',
      'hashMismatch',
    );
  if (!cms.contentTypeMatches)
    return failed(
      'integrity',
      'What was signed is not of the type that a signed file is (content-type).',
      'signedAttributesWrong',
    );
  if (!cms.signerCertificate)
    return undecided(
      'integrity',
      'The signature cannot be checked without the certificate of its signer, which is missing.',
      'noSigningCertificate',
    );
  if (cms.signedOtherForm)
    return undecided(
      'integrity',
      'The signed attributes are not in the order that DER demands; the signature holds for the order in which they stand.',
      'signedAttributesNotDer',
    );
  if (!cms.signatureValid)
    return failed(
      'integrity',
      'The signature value does not verify with the signer’s key.',
      'signatureInvalid',
    );
  if (cms.signedAttributes.signingCertificate !== undefined && !cms.signingCertificateMatches) {
    return failed('integrity', 'The signature was made for another certificate.', 'certificateMismatch');
  }
  if (cms.weakness !== undefined) return weakIntegrity(`the signer’s key: ${cms.weakness}`);
  return passed('integrity', 'The document is exactly what was signed.');
}

/** EN 319 142-1 §6.3: a baseline level only where every row of it holds. */
function levelOf(signature: PdfSignature, cms: CmsVerification): VerifiedSignature['level'] {
  const baseline =
    signature.subFilter === PADES_SUBFILTER &&
    cms.findings.length === 0 &&
    signature.claimedTime !== undefined;
  if (!baseline) return 'none';
  return cms.timestampTokens.length > 0 ? 'B-T' : 'B-B';
}
