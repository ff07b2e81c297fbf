/** Revocation data and certificates inside a CMS, where signatures of other manners than PAdES keep it. */
import { DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, TAG } from '../der/tags.ts';
import { enumerated, octetString, oid, sequence, tagged } from '../der/writer.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import type { AttributeValues } from './attributes.ts';
import type { SignedData } from './signed-data.ts';

/** RFC 5652 §10.2.1 with RFC 5940 §2. */
const OCSP_RESPONSE_FORMAT = '1.3.6.1.5.5.7.16.2';
/** adbe-revocationInfoArchival, a signed attribute (ISO 32000-2 §12.8.3.3.2). */
const REVOCATION_INFO_ARCHIVAL = '1.2.840.113583.1.1.8';
/** id-aa-ets-revocationValues, an unsigned attribute (EN 319 122-1 §A.1.2.2). */
const REVOCATION_VALUES = '1.2.840.113549.1.9.16.2.24';

interface EmbeddedRevocation {
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

const NOTHING: EmbeddedRevocation = Object.freeze({ crls: [], ocspResponses: [] });

/** DER of all CRLs and OCSP responses; a part that cannot be read is left out. */
export function embeddedRevocation({ revocationInfo, signer }: SignedData): EmbeddedRevocation {
  const { signedAttributes, unsignedAttributes } = signer;
  const parts = [
    unlessUnreadable(() => (revocationInfo ? readChoices(new DerReader(revocationInfo)) : NOTHING)),
    ...valuesOf(signedAttributes.values, REVOCATION_INFO_ARCHIVAL).map((value) =>
      unlessUnreadable(() => readLists(value, (response) => response)),
    ),
    ...valuesOf(unsignedAttributes, REVOCATION_VALUES).map((value) =>
      unlessUnreadable(() => readLists(value, withStatus)),
    ),
  ];
  return {
    crls: parts.flatMap(({ crls }) => crls),
    ocspResponses: parts.flatMap(({ ocspResponses }) => ocspResponses),
  };
}

/** id-aa-ets-certValues, an unsigned attribute (EN 319 122-1 §A.1.1.2). */
const CERTIFICATE_VALUES = '1.2.840.113549.1.9.16.2.23';

/** DER of the certificates that a CAdES signature keeps beside those of its message; none of a part that cannot be read. */
export const certificateValuesIn = (attributes: AttributeValues): readonly Uint8Array[] =>
  valuesOf(attributes, CERTIFICATE_VALUES).flatMap((value) => {
    try {
      return readSequence(value).map((reader) => reader.element().bytes);
    } catch (error) {
      if (error instanceof PkiError) return [];
      throw error;
    }
  });

const valuesOf = (attributes: AttributeValues, type: string): readonly Uint8Array[] =>
  attributes.get(type) ?? [];

function unlessUnreadable(read: () => EmbeddedRevocation): EmbeddedRevocation {
  try {
    return read();
  } catch (error) {
    if (error instanceof PkiError) return NOTHING;
    throw error;
  }
}

/** RevocationInfoChoices. */
function readChoices(choices: DerReader): EmbeddedRevocation {
  const crls: Uint8Array[] = [];
  const ocspResponses: Uint8Array[] = [];
  for (const { tag, bytes, content } of choices.map((reader) => reader.element())) {
    if (tag === TAG.sequence) crls.push(bytes);
    if (tag !== contextConstructed(1)) continue;
    const other = new DerReader(content);
    if (other.oid() === OCSP_RESPONSE_FORMAT) ocspResponses.push(other.element().bytes);
  }
  return { crls, ocspResponses };
}

/** RevocationInfoArchival and RevocationValues: CRLs under [0], OCSP responses under [1]. */
function readLists(value: Uint8Array, response: (der: Uint8Array) => Uint8Array): EmbeddedRevocation {
  const fields = readSequence(value);
  const list = (number: number): Uint8Array[] =>
    fields
      .optionalInside(contextConstructed(number))
      ?.sequence()
      .map((reader) => reader.element().bytes) ?? [];
  return { crls: list(0), ocspResponses: list(1).map(response) };
}

/** CAdES keeps BasicOCSPResponse, which is the inside of an OCSPResponse. */
const withStatus = (basic: Uint8Array): Uint8Array =>
  sequence(enumerated(0), tagged(0, sequence(oid(OID.ocspBasic), octetString(basic))));
