/** Certificates, lists and answers of an invented authority, each as wrong as a test wants it. */
import { randomBytes } from 'node:crypto';
import {
  bitString,
  enumerated,
  generalizedTime,
  integer,
  sequence,
  tagged,
  time,
} from '../../../src/pki/der/writer.ts';
import {
  Certificate,
  type Extension,
  encodeName,
  extensions,
  keyIdentifier,
  OID,
} from '../../../src/pki/index.ts';
import { curveKey, type TestKey } from './keys.ts';

export interface Party {
  readonly certificate: Certificate;
  readonly key: TestKey;
}

export interface CertificateOptions {
  readonly name?: string;
  /** DER Name; default: made of `name`. */
  readonly subject?: Uint8Array;
  readonly key?: TestKey;
  /** Default: the certificate signs itself. */
  readonly issuer?: Party;
  /** DER Name of the issuer, where it is written otherwise than in the issuer's own certificate. */
  readonly issuerName?: Uint8Array;
  /** Signs in place of the issuer's key. */
  readonly signedWith?: TestKey;
  readonly extensions?: readonly Extension[];
  readonly withoutKeyIdentifiers?: boolean;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const DAY = 24 * 3600 * 1000;
const { basicConstraints, keyUsage, extendedKeyUsage, nullExtension } = extensions;

export const CA: readonly Extension[] = [basicConstraints(true), keyUsage('keyCertSign', 'cRLSign')];
export const SIGNER: readonly Extension[] = [keyUsage('nonRepudiation')];
export const TSA: readonly Extension[] = [
  keyUsage('digitalSignature'),
  extendedKeyUsage(true, OID.purposeTimeStamping),
];
export const RESPONDER: readonly Extension[] = [
  keyUsage('digitalSignature'),
  extendedKeyUsage(false, OID.purposeOcspSigning),
  nullExtension(OID.ocspNoCheck),
];

export function certify(options: CertificateOptions): Party {
  const key = options.key ?? curveKey();
  const subject = options.subject ?? encodeName({ country: 'ES', commonName: options.name ?? 'Somebody' });
  const signer = options.signedWith ?? options.issuer?.key ?? key;
  const identifiers = options.withoutKeyIdentifiers
    ? []
    : [
        extensions.subjectKeyIdentifier(keyIdentifier(key.spki)),
        extensions.authorityKeyIdentifier(keyIdentifier((options.issuer?.key ?? key).spki)),
      ];
  const all = [...identifiers, ...(options.extensions ?? CA)];
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(Uint8Array.of(1, ...randomBytes(15))),
    signer.identifier,
    options.issuerName ?? options.issuer?.certificate.subject.der ?? subject,
    sequence(
      time(options.notBefore ?? new Date(Date.now() - 100 * DAY)),
      time(options.notAfter ?? new Date(Date.now() + 100 * DAY)),
    ),
    subject,
    key.spki,
    tagged(3, sequence(...all.map(extensions.encodeExtension))),
  );
  const der = sequence(tbs, signer.identifier, bitString(signer.sign(tbs)));
  return { certificate: new Certificate(der), key };
}

export interface ListEntry {
  readonly certificate: Certificate;
  readonly revokedAt: Date;
  readonly reason?: number;
  readonly extensions?: readonly Extension[];
}

export interface ListOptions {
  readonly issuer: Party;
  readonly signedWith?: TestKey;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date | undefined;
  readonly entries?: readonly ListEntry[];
  readonly extensions?: readonly Extension[];
}

/** DER CertificateList of any kind. */
export function list(options: ListOptions): Uint8Array {
  const { issuer } = options;
  const signer = options.signedWith ?? issuer.key;
  const thisUpdate = options.thisUpdate ?? new Date(Date.now() - 1000);
  const entries = (options.entries ?? []).map(encodeEntry);
  const numbered = { oid: OID.crlNumber, critical: false, value: integer(7) };
  const tbs = sequence(
    integer(1),
    signer.identifier,
    issuer.certificate.subject.der,
    time(thisUpdate),
    time(options.nextUpdate ?? new Date(thisUpdate.getTime() + DAY)),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    tagged(0, sequence(...[numbered, ...(options.extensions ?? [])].map(extensions.encodeExtension))),
  );
  return sequence(tbs, signer.identifier, bitString(signer.sign(tbs)));
}

function encodeEntry({ certificate, revokedAt, reason, extensions: further = [] }: ListEntry): Uint8Array {
  const own =
    reason === undefined ? [] : [{ oid: OID.reasonCode, critical: false, value: enumerated(reason) }];
  const all = [...own, ...further];
  return sequence(
    integer(certificate.fields.serialNumber),
    time(revokedAt),
    ...(all.length === 0 ? [] : [sequence(...all.map(extensions.encodeExtension))]),
  );
}

export const invalidityDate = (since: Date): Extension => ({
  oid: OID.invalidityDate,
  critical: false,
  value: generalizedTime(since),
});
