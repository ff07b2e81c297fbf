import { OssError } from '../../contract/errors.ts';
import { findSignerCertificate, PkiError, parseSignedData } from '../../pki/index.ts';

export interface FinishedSignature {
  /** DER of the signer's certificate, and of the others that came with it. */
  readonly own: Uint8Array;
  readonly others: readonly Uint8Array[];
  readonly messageDigest: Uint8Array;
}

/** What a CMS says of itself; nothing of it is verified here. @throws OssError OSS_SERVICE_WRONG_SIGNATURE */
export function readFinishedCms(cms: Uint8Array): FinishedSignature {
  try {
    const data = parseSignedData(cms);
    const own = findSignerCertificate(data);
    if (own)
      return {
        own: own.der,
        others: data.certificates.filter((one) => one !== own).map(({ der }) => der),
        messageDigest: data.signer.signedAttributes.messageDigest,
      };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
  }
  throw new OssError('OSS_SERVICE_WRONG_SIGNATURE', { reason: 'no CMS with its certificate' });
}
