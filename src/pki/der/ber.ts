/**
 * BER of other people's signatures made DER (X.690 §8, §10): indefinite lengths, lengths with needless octets, and
 * octet strings in pieces. What is DER already stays byte for byte as it is, so certificates and their signatures do.
 */
import { malformed, PkiError } from '../errors.ts';
import { TAG } from './tags.ts';
import { element } from './writer.ts';

const CONSTRUCTED = 0x20;
const CONSTRUCTED_OCTET_STRING = TAG.octetString | CONSTRUCTED;
const CONSTRUCTED_BIT_STRING = TAG.bitString | CONSTRUCTED;
const INDEFINITE = 0x80;
const MAX_DEPTH = 64;
const MAX_LENGTH_OCTETS = 4;

interface Transcoded {
  readonly tag: number;
  readonly der: Uint8Array;
  readonly content: Uint8Array;
  readonly isUnchanged: boolean;
  /** The first byte behind the element in its old form. */
  readonly end: number;
}

/** @throws PkiError `malformed`: for what is no BER, and for bytes behind the value. */
export function derFromBer(bytes: Uint8Array): Uint8Array {
  if (unchangedEnd(bytes, 0, 0) === bytes.length) return bytes;
  const { der, end } = transcode(bytes, 0, 0);
  if (end !== bytes.length) throw malformed('bytes after the value');
  return der;
}

/** Length of the first BER value in a byte string; undefined where no complete value stands there. */
export function berLength(bytes: Uint8Array): number | undefined {
  try {
    if (bytes[1] === INDEFINITE) return transcode(bytes, 0, 0).end;
    const { contentStart, length } = readLength(bytes, 1);
    const end = contentStart + (length ?? 0);
    return end <= bytes.length ? end : undefined;
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

/**
 * Where the element at `start` ends, if nothing in it would be transcoded: nearly every signature, which then costs no
 * allocation for each of its elements. Undefined for anything else, also for what is malformed.
 */
function unchangedEnd(bytes: Uint8Array, start: number, depth: number): number | undefined {
  const tag = bytes[start] ?? 0;
  if ((tag & 0x1f) === 0x1f || depth > MAX_DEPTH || start + 1 >= bytes.length) return undefined;
  if (tag === CONSTRUCTED_OCTET_STRING || tag === CONSTRUCTED_BIT_STRING) return undefined;
  const first = bytes[start + 1] ?? 0;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  if (first === INDEFINITE || octets > MAX_LENGTH_OCTETS) return undefined;
  let length = octets === 0 ? first : 0;
  for (let index = 1; index <= octets; index += 1) length = length * 256 + (bytes[start + 1 + index] ?? 0);
  const contentStart = start + 2 + octets;
  const end = contentStart + length;
  if (end > bytes.length || contentStart - start !== headerLength(length)) return undefined;
  if ((tag & CONSTRUCTED) === 0) return end;
  for (let position = contentStart; position < end; ) {
    const next = unchangedEnd(bytes, position, depth + 1);
    if (next === undefined || next > end) return undefined;
    position = next;
  }
  return end;
}

function transcode(bytes: Uint8Array, start: number, depth: number): Transcoded {
  const tag = bytes[start];
  if (tag === undefined) throw malformed('element missing');
  if ((tag & 0x1f) === 0x1f) throw malformed('tag of several bytes');
  if (depth > MAX_DEPTH) throw malformed('nested too deeply');
  const { contentStart, length } = readLength(bytes, start + 1);
  if ((tag & CONSTRUCTED) === 0) {
    if (length === undefined) throw malformed('primitive element of indefinite length');
    return finished(tag, bytes, { start, contentStart, end: contentStart + length });
  }
  if (tag === CONSTRUCTED_BIT_STRING) throw malformed('bit string in pieces');
  const { members, end } = readMembers(bytes, contentStart, length, depth);
  if (tag === CONSTRUCTED_OCTET_STRING) {
    if (members.some((member) => member.tag !== TAG.octetString))
      throw malformed('octet string of other pieces');
    return rebuilt(
      TAG.octetString,
      members.map(({ content }) => content),
      end,
    );
  }
  return length !== undefined && members.every(({ isUnchanged }) => isUnchanged)
    ? finished(tag, bytes, { start, contentStart, end })
    : rebuilt(
        tag,
        members.map(({ der }) => der),
        end,
      );
}

function readMembers(
  bytes: Uint8Array,
  start: number,
  length: number | undefined,
  depth: number,
): { members: Transcoded[]; end: number } {
  const limit = length === undefined ? bytes.length : start + length;
  if (limit > bytes.length) throw malformed('element cut off');
  const members: Transcoded[] = [];
  let position = start;
  while (position < limit) {
    const isEndOfContents = length === undefined && bytes[position] === 0 && bytes[position + 1] === 0;
    if (isEndOfContents) return { members, end: position + 2 };
    const member = transcode(bytes, position, depth + 1);
    if (member.end > limit) throw malformed('element cut off');
    members.push(member);
    position = member.end;
  }
  if (length === undefined) throw malformed('indefinite length without an end');
  return { members, end: limit };
}

/** An element whose content needs no change; its length may. */
function finished(
  tag: number,
  bytes: Uint8Array,
  {
    start,
    contentStart,
    end,
  }: { readonly start: number; readonly contentStart: number; readonly end: number },
): Transcoded {
  if (end > bytes.length) throw malformed('element cut off');
  const content = bytes.subarray(contentStart, end);
  const isMinimal = contentStart - start === headerLength(content.length);
  return {
    tag,
    content,
    end,
    isUnchanged: isMinimal,
    der: isMinimal ? bytes.subarray(start, end) : element(tag, content),
  };
}

function rebuilt(tag: number, parts: readonly Uint8Array[], end: number): Transcoded {
  const content = Buffer.concat(parts);
  return { tag, content, end, isUnchanged: false, der: element(tag, content) };
}

/** Identifier and shortest length octets (X.690 §10.1). */
function headerLength(length: number): number {
  if (length < 0x80) return 2;
  let octets = 1;
  for (let rest = length; rest > 0xff; rest = Math.floor(rest / 0x100)) octets += 1;
  return 2 + octets;
}

/** The length is undefined where it is indefinite. */
function readLength(bytes: Uint8Array, offset: number): { contentStart: number; length: number | undefined } {
  const first = bytes[offset];
  if (first === undefined) throw malformed('length missing');
  if (first < 0x80) return { contentStart: offset + 1, length: first };
  if (first === INDEFINITE) return { contentStart: offset + 1, length: undefined };
  const octets = first & 0x7f;
  if (octets > MAX_LENGTH_OCTETS || offset + octets >= bytes.length) throw malformed('oversized length');
  let length = 0;
  for (let index = 1; index <= octets; index += 1) length = length * 256 + (bytes[offset + index] ?? 0);
  return { contentStart: offset + 1 + octets, length };
}
