/** Certificate extensions: their decoded values, and the encodings that our own certificates use. */

import { type DerReader, readOnly, readSequence } from '../der/reader.ts';
import { contextConstructed, contextPrimitive, TAG } from '../der/tags.ts';
import {
  ia5String,
  integer,
  namedBits,
  octetString,
  oid,
  sequence,
  TRUE,
  tagged,
  taggedPrimitive,
} from '../der/writer.ts';
import { malformed } from '../errors.ts';
import { OID } from '../oids.ts';

/** Bits of KeyUsage (RFC 5280 §4.2.1.3). */
export const KEY_USAGE = Object.freeze({
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  keyCertSign: 5,
  cRLSign: 6,
});
export type KeyUsageName = keyof typeof KEY_USAGE;
const KEY_USAGE_NAMES = new Map<number, string>(Object.entries(KEY_USAGE).map(([name, bit]) => [bit, name]));

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER of the value inside the OCTET STRING. */
  readonly value: Uint8Array;
}

export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength: number | undefined;
}

export interface AuthorityInfoAccess {
  readonly caIssuers: readonly string[];
  readonly ocsp: readonly string[];
}

const URI = contextPrimitive(6);

export function encodeExtension(extension: Extension): Uint8Array {
  const criticality = extension.critical ? [TRUE] : [];
  return sequence(oid(extension.oid), ...criticality, octetString(extension.value));
}

/** Reads `Extensions`; a second extension of the same kind is malformed (RFC 5280 §4.2). */
export function readExtensions(reader: DerReader): ReadonlyMap<string, Extension> {
  const extensions = new Map<string, Extension>();
  const list = reader.sequence();
  while (!list.atEnd) {
    const fields = list.sequence();
    const type = fields.oid();
    const extension = { oid: type, critical: fields.booleanDefaultFalse(), value: fields.octetString() };
    fields.end();
    if (extensions.has(type)) throw malformed(`extension ${type} twice`);
    extensions.set(type, extension);
  }
  return extensions;
}

export const basicConstraints = (ca: boolean, pathLength?: number): Extension => ({
  oid: OID.basicConstraints,
  critical: true,
  value: sequence(...(ca ? [TRUE] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
});

export function decodeBasicConstraints(value: Uint8Array): BasicConstraints {
  const fields = readSequence(value);
  const ca = fields.booleanDefaultFalse();
  const pathLength = fields.atEnd ? undefined : fields.smallInteger();
  fields.end();
  return { ca, pathLength };
}

export const keyUsage = (...usages: readonly KeyUsageName[]): Extension => ({
  oid: OID.keyUsage,
  critical: true,
  value: namedBits(usages.map((usage) => KEY_USAGE[usage])),
});

/** The set bits; usages that we have no name for are given as `bit <number>`. */
export function decodeKeyUsage(value: Uint8Array): ReadonlySet<string> {
  const { content } = readOnly(value, TAG.bitString);
  const usages = new Set<string>();
  for (let bit = 0; bit < (content.length - 1) * 8; bit += 1) {
    const octet = content[1 + (bit >> 3)] ?? 0;
    if ((octet & (0x80 >> (bit & 7))) !== 0) usages.add(KEY_USAGE_NAMES.get(bit) ?? `bit ${bit}`);
  }
  return usages;
}

export const extendedKeyUsage = (critical: boolean, ...purposes: readonly string[]): Extension => ({
  oid: OID.extendedKeyUsage,
  critical,
  value: sequence(...purposes.map(oid)),
});

export const decodeExtendedKeyUsage = (value: Uint8Array): readonly string[] =>
  readSequence(value).map((reader) => reader.oid());

export const subjectKeyIdentifier = (keyIdentifier: Uint8Array): Extension => ({
  oid: OID.subjectKeyIdentifier,
  critical: false,
  value: octetString(keyIdentifier),
});

export const decodeSubjectKeyIdentifier = (value: Uint8Array): Uint8Array =>
  readOnly(value, TAG.octetString).content;

export const authorityKeyIdentifier = (keyIdentifier: Uint8Array): Extension => ({
  oid: OID.authorityKeyIdentifier,
  critical: false,
  value: sequence(taggedPrimitive(0, keyIdentifier)),
});

/** The keyIdentifier field; undefined when the issuer is named otherwise. */
export const decodeAuthorityKeyIdentifier = (value: Uint8Array): Uint8Array | undefined =>
  readSequence(value).optional(contextPrimitive(0))?.content;

const uri = (text: string): Uint8Array => taggedPrimitive(6, Buffer.from(text, 'latin1'));

export function authorityInfoAccess(access: Partial<AuthorityInfoAccess>): Extension {
  const ocsp = (access.ocsp ?? []).map((url) => sequence(oid(OID.accessOcsp), uri(url)));
  const caIssuers = (access.caIssuers ?? []).map((url) => sequence(oid(OID.accessCaIssuers), uri(url)));
  return { oid: OID.authorityInfoAccess, critical: false, value: sequence(...ocsp, ...caIssuers) };
}

export function decodeAuthorityInfoAccess(value: Uint8Array): AuthorityInfoAccess {
  const access = { caIssuers: [] as string[], ocsp: [] as string[] };
  for (const [method, location] of readSequence(value).map(readAccessDescription)) {
    if (location.tag !== URI) continue;
    const url = Buffer.from(location.content).toString('latin1');
    if (method === OID.accessOcsp) access.ocsp.push(url);
    if (method === OID.accessCaIssuers) access.caIssuers.push(url);
  }
  return access;
}

function readAccessDescription(reader: DerReader) {
  const fields = reader.sequence();
  return [fields.oid(), fields.element()] as const;
}

export const crlDistributionPoint = (url: string): Extension => ({
  oid: OID.crlDistributionPoints,
  critical: false,
  value: sequence(sequence(tagged(0, tagged(0, uri(url))))),
});

/** All URIs of all distribution points. */
export function decodeCrlDistributionPoints(value: Uint8Array): readonly string[] {
  const points = readSequence(value).map(readDistributionPoint);
  return points.flat();
}

function readDistributionPoint(reader: DerReader): readonly string[] {
  const names = reader.sequence().optionalInside(contextConstructed(0));
  const fullName = names?.optionalInside(contextConstructed(0));
  const locations = fullName?.map((name) => name.element()) ?? [];
  return locations
    .filter(({ tag }) => tag === URI)
    .map(({ content }) => Buffer.from(content).toString('latin1'));
}

/** Policies, each with the address of its practice statement if one is given (RFC 5280 §4.2.1.4). */
export const certificatePolicies = (
  policies: readonly string[],
  practiceStatementUrl?: string,
): Extension => {
  const qualifiers =
    practiceStatementUrl === undefined
      ? []
      : [sequence(sequence(oid(OID.cpsQualifier), ia5String(practiceStatementUrl)))];
  const value = sequence(...policies.map((policy) => sequence(oid(policy), ...qualifiers)));
  return { oid: OID.certificatePolicies, critical: false, value };
};

export interface CertificatePolicy {
  readonly policy: string;
  readonly practiceStatementUrls: readonly string[];
}

export function decodeCertificatePolicies(value: Uint8Array): readonly CertificatePolicy[] {
  return readSequence(value).map((reader) => {
    const fields = reader.sequence();
    const policy = fields.oid();
    const qualifiers = fields.atEnd ? [] : fields.sequence().map(readQualifier);
    fields.end();
    return { policy, practiceStatementUrls: qualifiers.filter((url) => url !== undefined) };
  });
}

function readQualifier(reader: DerReader): string | undefined {
  const fields = reader.sequence();
  const type = fields.oid();
  const { tag, content } = fields.element();
  const isUrl = type === OID.cpsQualifier && tag === TAG.ia5String;
  return isUrl ? Buffer.from(content).toString('latin1') : undefined;
}

/** Extension whose value is NULL, as noRevAvail (RFC 9608 §2) and valassured (EN 319 412-1 §5.2) have. */
export const nullExtension = (type: string): Extension => ({
  oid: type,
  critical: false,
  value: Uint8Array.of(TAG.null, 0),
});
