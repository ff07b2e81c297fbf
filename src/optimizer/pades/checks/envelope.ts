import type { Check, VerifiedSignature } from '../../../contract/model/verification.ts';
import { type ByteSource, digestByteRange, type PdfSignature } from '../../../pdf/index.ts';
import {
  type Certificate,
  type CmsVerification,
  PkiError,
  parseSignedData,
  type ReadCertificate,
  verifyCms,
} from '../../../pki/index.ts';
import { failed, passed } from './verdict.ts';

const PADES_SUBFILTER = 'ETSI.CAdES.detached';

export interface Envelope {
  readonly integrity: Check;
  readonly level: VerifiedSignature['level'];
  /** Undefined where the CMS cannot be read at all. */
  readonly cms: CmsVerification | undefined;
  /** Certificates in the CMS and in its time stamp. */
  readonly certificates: readonly Certificate[];
}

/** Reads the CMS in /Contents and compares it with the bytes that it claims to cover. */
export async function readEnvelope(
  source: ByteSource,
  signature: PdfSignature,
  readCertificate: ReadCertificate,
): Promise<Envelope> {
  const unreadable = (reason: string): Envelope => ({
    integrity: failed('integrity', `The signature cannot be read (${reason}).`),
    level: 'none',
    cms: undefined,
    certificates: [],
  });
  if (!signature.byteRange) return unreadable('no byte range');
  try {
    const signedData = parseSignedData(signature.contents, readCertificate);
    const digest = await digestByteRange(source, signature.byteRange, signedData.signer.digest);
    const cms = verifyCms(signedData, digest);
    const inTokens = cms.timestampTokens.flatMap((token) => certificatesIn(token, readCertificate));
    return {
      integrity: integrityCheck(cms),
      level: levelOf(signature, cms),
      cms,
      certificates: [...cms.certificates, ...inTokens],
    };
  } catch (error) {
    if (error instanceof PkiError) return unreadable(error.message);
    throw error;
  }
}

/** None of a token that cannot be read: its own check says so. */
function certificatesIn(token: Uint8Array, readCertificate: ReadCertificate): readonly Certificate[] {
  try {
    return parseSignedData(token, readCertificate).certificates;
  } catch (error) {
    if (error instanceof PkiError) return [];
    throw error;
  }
}

function integrityCheck(cms: CmsVerification): Check {
  if (!cms.digestMatches)
    return failed('integrity', 'The document was changed: its content is not what was signed.');
  if (!cms.signatureValid)
    return failed('integrity', 'The signature value does not verify with the signer’s key.');
  if (cms.signedAttributes.signingCertificate !== undefined && !cms.signingCertificateMatches) {
    return failed('integrity', 'The signature was made for another certificate.');
  }
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
