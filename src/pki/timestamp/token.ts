/** Time-stamp tokens: TSTInfo inside CMS SignedData (RFC 3161 §2.4.2, EN 319 422 §5.2). */
import { encapsulatedCmsWriter } from '../cms/assemble.ts';
import { encodeAttribute } from '../cms/attributes.ts';
import { parseSignedData, type ReadCertificate, type SignedData } from '../cms/signed-data.ts';
import { encodeSigningCertificateV2 } from '../cms/signing-certificate.ts';
import { type DerReader, decodeInteger, readSequence } from '../der/reader.ts';
import { contextConstructed, contextPrimitive, TAG } from '../der/tags.ts';
import { generalizedTime, integer, octetString, oid, sequence, setOf } from '../der/writer.ts';
import { malformed } from '../errors.ts';
import { OID } from '../oids.ts';
import { digest, type Signer } from '../signature-scheme.ts';
import { type MessageImprint, readMessageImprint } from './request.ts';

export interface TstInfo {
  readonly policy: string;
  readonly imprint: MessageImprint;
  readonly serialNumber: bigint;
  readonly genTime: Date;
  /** Undefined when the token does not state it. */
  readonly accuracyMillis: number | undefined;
  readonly nonce: bigint | undefined;
  readonly hasCriticalExtension: boolean;
}

/** What all tokens of one authority have in common. */
export interface TokenIssuer {
  readonly policy: string;
  readonly accuracySeconds: number;
  /** DER of the authority's certificate and the authorities above it. */
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
}

export interface TokenPlan {
  /** DER MessageImprint, copied from the request. */
  readonly imprint: Uint8Array;
  /** Big-endian, unsigned, unique forever; at most 160 bits (TS-08). */
  readonly serialNumber: Uint8Array;
  /** Whole seconds are written. */
  readonly genTime: Date;
  readonly nonce: bigint | undefined;
  /** The request's certReq: certificates are embedded or not (TS-05). */
  readonly embedCertificates: boolean;
}

/**
 * Makes and signs tokens; what is the same in all of them is encoded once. ESSCertIDv2 is always used (RFC 5816);
 * ordering is absent, extensions are none (TS-02).
 * @throws PkiError `malformed` if the certificate is not one.
 */
export function timestampTokenWriter(
  { policy, accuracySeconds, certificate, chain }: TokenIssuer,
  signer: Signer,
): (plan: TokenPlan) => Promise<Uint8Array> {
  const [version, policyId] = [integer(1), oid(policy)];
  const accuracy = sequence(integer(accuracySeconds));
  const contentType = encodeAttribute(OID.contentType, oid(OID.tstInfo));
  const reference = encodeAttribute(OID.signingCertificateV2, encodeSigningCertificateV2(certificate));
  const assemble = encapsulatedCmsWriter(OID.tstInfo, { certificate, chain, scheme: signer.scheme });
  return async ({ imprint, serialNumber, genTime, nonce, embedCertificates }) => {
    const content = sequence(
      ...[version, policyId, imprint, integer(serialNumber), generalizedTime(genTime), accuracy],
      ...(nonce === undefined ? [] : [integer(nonce)]),
    );
    const messageDigest = encodeAttribute(OID.messageDigest, octetString(digest('sha256', content)));
    const signedAttributes = setOf(contentType, messageDigest, reference);
    const signature = await signer.sign(signedAttributes);
    return assemble({ content, signedAttributes, signature, embedCertificates });
  };
}

/** One token. */
export const buildTimestampToken = (plan: TokenIssuer & TokenPlan, signer: Signer): Promise<Uint8Array> =>
  timestampTokenWriter(plan, signer)(plan);

export interface TimestampToken {
  readonly signedData: SignedData;
  /** DER TSTInfo, the signed content. */
  readonly content: Uint8Array;
  readonly info: TstInfo;
}

/** Reads a token without verifying it. @throws PkiError `malformed` or `unsupported-algorithm`. */
export function parseTimestampToken(der: Uint8Array, readCertificate?: ReadCertificate): TimestampToken {
  const signedData = parseSignedData(der, readCertificate);
  const { content, contentType } = signedData;
  if (contentType !== OID.tstInfo || content === undefined) throw malformed('token does not hold a TSTInfo');
  return { signedData, content, info: parseTstInfo(content) };
}

function parseTstInfo(der: Uint8Array): TstInfo {
  const fields = readSequence(der);
  if (fields.smallInteger() !== 1) throw malformed('TSTInfo is not of version 1');
  const policy = fields.oid();
  const imprint = readMessageImprint(fields);
  const serialNumber = fields.integer();
  if (fields.peek() !== TAG.generalizedTime) throw malformed('genTime is not a GeneralizedTime');
  const genTime = fields.time();
  const accuracy = fields.peek() === TAG.sequence ? readAccuracy(fields.sequence()) : undefined;
  fields.booleanDefaultFalse(); // ordering
  const nonce = fields.peek() === TAG.integer ? fields.integer() : undefined;
  fields.optional(contextConstructed(0)); // tsa: a hint that the signed ESS reference makes needless
  const extensions = fields.optionalInside(contextConstructed(1));
  fields.end();
  const criticalities = extensions?.map(readCriticality) ?? [];
  return {
    policy,
    imprint,
    serialNumber,
    genTime,
    accuracyMillis: accuracy,
    nonce,
    hasCriticalExtension: criticalities.includes(true),
  };
}

function readCriticality(reader: DerReader): boolean {
  const fields = reader.sequence();
  fields.oid();
  return fields.booleanDefaultFalse();
}

/** Accuracy in milliseconds, rounded up. */
function readAccuracy(fields: DerReader): number {
  const seconds = fields.peek() === TAG.integer ? fields.smallInteger() : 0;
  const millis = readPart(fields, 0);
  const micros = readPart(fields, 1);
  fields.end();
  return seconds * 1000 + millis + Math.ceil(micros / 1000);
}

/** millis and micros are 1 to 999 (RFC 3161 §2.4.2). */
function readPart(fields: DerReader, number: number): number {
  const part = fields.optional(contextPrimitive(number));
  if (part === undefined) return 0;
  const value = Number(decodeInteger(part.content));
  if (value < 1 || value > 999) throw malformed('accuracy out of range');
  return value;
}
