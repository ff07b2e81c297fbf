/** DER encoding (X.690 §10): each function returns one whole element, so nested calls read like the ASN.1 module. */
import { contextConstructed, contextPrimitive, TAG } from './tags.ts';
import { generalizedTimeText } from './time.ts';

/** Last year of UTCTime (RFC 5280 §4.1.2.5). */
const LAST_UTC_YEAR = 2049;

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

/** An element with any tag around already encoded parts. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Uint8Array.of(tag, ...lengthOctets(length)), ...parts]);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => element(TAG.sequence, ...parts);

/** SET OF with its members in DER order (X.690 §11.6). */
export const setOf = (...members: readonly Uint8Array[]): Uint8Array =>
  element(TAG.set, ...[...members].sort(Buffer.compare));

/** `[number] EXPLICIT`, or IMPLICIT over the members of a SEQUENCE or SET. */
export const tagged = (number: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  element(contextConstructed(number), ...parts);

/** `[number] IMPLICIT` over a primitive type: the content octets only. */
export const taggedPrimitive = (number: number, content: Uint8Array): Uint8Array =>
  element(contextPrimitive(number), content);

/** Replaces the identifier octet (IMPLICIT tagging, or back to the universal tag). */
export function retag(tag: number, encoded: Uint8Array): Uint8Array {
  const copy = Buffer.from(encoded);
  copy[0] = tag;
  return copy;
}

/** INTEGER from a number, or from the big-endian bytes of an unsigned value. */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  return element(TAG.integer, integerContent(value));
}

function integerContent(value: number | bigint | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return unsignedContent(value);
  const big = BigInt(value);
  if (big < 0n) throw new RangeError('negative integers are not written');
  const hex = big.toString(16);
  return unsignedContent(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'));
}

function unsignedContent(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((octet) => octet !== 0);
  if (first === -1) return Uint8Array.of(0);
  const significant = bytes.subarray(first);
  return (significant[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), significant]) : significant;
}

export const enumerated = (value: number): Uint8Array => element(TAG.enumerated, Uint8Array.of(value));

/** BOOLEAN TRUE; FALSE is a default everywhere in these standards and therefore never written. */
export const TRUE: Uint8Array = Uint8Array.of(TAG.boolean, 1, 0xff);
export const NULL: Uint8Array = Uint8Array.of(TAG.null, 0);

export const octetString = (...parts: readonly Uint8Array[]): Uint8Array =>
  element(TAG.octetString, ...parts);

/** BIT STRING of whole bytes. */
export const bitString = (bytes: Uint8Array): Uint8Array => element(TAG.bitString, Uint8Array.of(0), bytes);

/** BIT STRING of named bits, trailing zero bits removed (X.690 §11.2.2). */
export const namedBits = (bits: readonly number[]): Uint8Array =>
  element(TAG.bitString, namedBitsContent(bits));

export function namedBitsContent(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) return Uint8Array.of(0);
  const highest = Math.max(...bits);
  const content = new Uint8Array(2 + Math.floor(highest / 8));
  content[0] = 7 - (highest % 8);
  for (const bit of bits) {
    const index = 1 + Math.floor(bit / 8);
    content[index] = (content[index] ?? 0) | (0x80 >> (bit % 8));
  }
  return content;
}

export const utf8String = (text: string): Uint8Array => element(TAG.utf8String, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Uint8Array =>
  element(TAG.printableString, Buffer.from(text, 'latin1'));
export const ia5String = (text: string): Uint8Array => element(TAG.ia5String, Buffer.from(text, 'latin1'));

const encodedOids = new Map<string, Uint8Array>();

export function oid(dotted: string): Uint8Array {
  const known = encodedOids.get(dotted);
  if (known !== undefined) return known;
  const [root = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const encoded = element(TAG.oid, Uint8Array.from([root * 40 + second, ...rest].flatMap(base128)));
  encodedOids.set(dotted, encoded);
  return encoded;
}

function base128(arc: number): number[] {
  const octets = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    octets.unshift(0x80 | (rest % 128));
  }
  return octets;
}

export const generalizedTime = (time: Date): Uint8Array =>
  element(TAG.generalizedTime, Buffer.from(generalizedTimeText(time), 'latin1'));

/** Time of a certificate or CRL: UTCTime to 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5). */
export function time(value: Date): Uint8Array {
  if (value.getUTCFullYear() > LAST_UTC_YEAR) return generalizedTime(value);
  return element(TAG.utcTime, Buffer.from(generalizedTimeText(value).slice(2), 'latin1'));
}
