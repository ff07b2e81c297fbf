/** A time-stamp authority whose every field a test can set (RFC 3161 §2.4.2). */
import { createHash } from 'node:crypto';
import { encodeAttribute } from '../../src/pki/cms/attributes.ts';
import { encodeSigningCertificateV2 } from '../../src/pki/cms/signing-certificate.ts';
import { TAG } from '../../src/pki/der/tags.ts';
import {
  element,
  generalizedTime,
  integer,
  octetString,
  oid,
  retag,
  sequence,
  setOf,
  tagged,
} from '../../src/pki/der/writer.ts';
import { OID, parseTimestampRequest } from '../../src/pki/index.ts';
import type { Party } from './own-pki/certificates.ts';

export interface TsaFields {
  readonly version: number;
  readonly policy: string;
  /** DER MessageImprint; default: that of the request. */
  readonly imprint?: Uint8Array;
  readonly serial: bigint;
  /** DER; default: the time now, in whole seconds. */
  readonly genTime?: Uint8Array;
  /** DER Accuracy. */
  readonly accuracy?: Uint8Array;
  readonly ordering: boolean;
  readonly nonce: 'echoed' | 'left out' | 'another';
  /** DER GeneralName. */
  readonly name?: Uint8Array;
  /** DER extensions of TSTInfo. */
  readonly extensions: readonly Uint8Array[];
  /** Of the signed attributes and the signature. */
  readonly digest: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  readonly ess: readonly ('v1' | 'v2')[];
  readonly essNames?: Party;
  readonly contentType: string;
  readonly certificates: readonly Uint8Array[];
  readonly signedBy?: Party;
  /** DER PKIStatusInfo. */
  readonly status: Uint8Array;
  readonly isTokenSent: boolean;
}

/** The response of this authority to a request, with the fields that a test sets. */
export function tsaResponse(party: Party, request: Uint8Array, given: Partial<TsaFields> = {}): Uint8Array {
  const fields: TsaFields = {
    ...{ version: 1, policy: '1.3.6.1.4.1.32473.1', serial: 42n, ordering: false, nonce: 'echoed' },
    ...{ extensions: [], digest: 'sha256', ess: ['v2'], contentType: OID.tstInfo },
    ...{ certificates: [party.certificate.der], status: sequence(integer(0)), isTokenSent: true },
    ...given,
  };
  return sequence(fields.status, ...(fields.isTokenSent ? [tokenOf(party, request, fields)] : []));
}

function tokenOf(party: Party, request: Uint8Array, fields: TsaFields): Uint8Array {
  const info = infoOf(request, fields);
  const hash = (data: Uint8Array): Uint8Array => createHash(fields.digest).update(data).digest();
  const named = (fields.essNames ?? party).certificate.der;
  const signedAttributes = setOf(
    encodeAttribute(OID.contentType, oid(fields.contentType)),
    encodeAttribute(OID.messageDigest, octetString(hash(info))),
    ...fields.ess.map((version) =>
      version === 'v2'
        ? encodeAttribute(OID.signingCertificateV2, encodeSigningCertificateV2(named))
        : encodeAttribute(OID.signingCertificate, essV1(named)),
    ),
  );
  const { certificate } = party;
  const { key } = fields.signedBy ?? party;
  const algorithm = sequence(oid(OID[fields.digest]));
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer.der, integer(certificate.fields.serialNumber)),
    ...[algorithm, retag(0xa0, signedAttributes), key.identifier, octetString(key.sign(signedAttributes))],
  );
  const { certificates } = fields;
  const signedData = sequence(
    ...[integer(3), setOf(algorithm), sequence(oid(fields.contentType), tagged(0, octetString(info)))],
    ...(certificates.length === 0 ? [] : [tagged(0, ...certificates)]),
    setOf(signerInfo),
  );
  return sequence(oid(OID.signedData), tagged(0, signedData));
}

/** RFC 2634 §5.4. */
const essV1 = (certificate: Uint8Array): Uint8Array =>
  sequence(sequence(sequence(octetString(createHash('sha1').update(certificate).digest()))));

function infoOf(request: Uint8Array, fields: TsaFields): Uint8Array {
  const { imprint, nonce } = parseTimestampRequest(request);
  const echoed = fields.nonce === 'echoed' ? nonce : (nonce ?? 0n) + 1n;
  return sequence(
    ...[integer(fields.version), oid(fields.policy), fields.imprint ?? imprint.der, integer(fields.serial)],
    fields.genTime ?? generalizedTime(new Date()),
    ...(fields.accuracy ? [fields.accuracy] : []),
    ...(fields.ordering ? [element(TAG.boolean, Uint8Array.of(0xff))] : []),
    ...(fields.nonce === 'left out' || echoed === undefined ? [] : [integer(echoed)]),
    ...(fields.name ? [tagged(0, fields.name)] : []),
    ...(fields.extensions.length > 0 ? [tagged(1, ...fields.extensions)] : []),
  );
}
