/** What a CAdES signature carries in unsigned attributes for its own validation (EN 319 122-1 §5.4, §5.5, annex A). */
import {
  type Certificate,
  certificateValuesIn,
  PkiError,
  type ReadCertificate,
  type SignedData,
} from '../../pki/index.ts';

/** Attributes that say something about the signature and that we do not judge. */
const NOT_JUDGED: Readonly<Record<string, string>> = Object.freeze({
  '1.2.840.113549.1.9.6': 'a countersignature',
  '1.2.840.113549.1.9.16.2.27': 'an archive time stamp of an old kind',
  '1.2.840.113549.1.9.16.2.48': 'an archive time stamp of an old kind',
  '0.4.0.1733.2.5': 'an archive time stamp',
  '1.2.840.113549.1.9.16.2.49': 'an evidence record',
  '1.2.840.113549.1.9.16.2.50': 'an evidence record',
});

export interface MessageValues {
  /** Beside those of the message itself. */
  readonly certificates: readonly Certificate[];
  readonly notJudged: readonly string[];
}

/** Nothing of an attribute that cannot be read: it helps nobody and hinders nobody. */
export function valuesInMessage({ signer }: SignedData, read: ReadCertificate): MessageValues {
  const { unsignedAttributes } = signer;
  const certificates = certificateValuesIn(unsignedAttributes).flatMap((der) => {
    try {
      return [read(der)];
    } catch (error) {
      if (error instanceof PkiError) return [];
      throw error;
    }
  });
  const kinds = [...unsignedAttributes.keys()].flatMap((type) => NOT_JUDGED[type] ?? []);
  return { certificates, notJudged: [...new Set(kinds)] };
}
