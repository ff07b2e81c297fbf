/** The entries of a CRL, found by serial number without an object for each: lists of a million entries exist. */
import { type Extension, readExtensions } from '../certificate/extensions.ts';
import { readGeneralNames } from '../certificate/general-names.ts';
import { equalBytes } from '../der/bytes.ts';
import { DerReader, readOnly, readSequence } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { malformed, PkiError } from '../errors.ts';
import { OID } from '../oids.ts';

export interface CrlEntry {
  readonly revokedAt: Date;
  /** CRLReason as number (RFC 5280 §5.3.1); undefined where none is given. */
  readonly reason: number | undefined;
  /** Since when the key is suspect, where the authority says so. */
  readonly invalidityDate: Date | undefined;
}

const KNOWN_ENTRY_EXTENSIONS: ReadonlySet<string> = new Set([
  OID.reasonCode,
  OID.invalidityDate,
  OID.certificateIssuer,
]);
/** Each of an indirect list has to be read, because any of them may change the issuer of the next ones. */
const MAX_INDIRECT_ENTRIES = 100_000;
/** Entries of one serial number, of which one is expected. */
const MAX_OF_A_SERIAL = 16;

export class CrlEntries {
  readonly #content: Uint8Array;
  #index: SerialIndex | undefined;

  /** `content`: the elements of revokedCertificates. */
  constructor(content: Uint8Array) {
    this.#content = content;
  }

  /**
   * Entries about a certificate of the list's own issuer. `serial`: content octets of the INTEGER.
   * @throws PkiError `malformed`.
   */
  of(serial: Uint8Array): CrlEntry[] {
    this.#index ??= new SerialIndex(this.#content);
    return this.#index.find(serial).map((bytes) => readEntry(readSequence(bytes)).entry);
  }

  /**
   * Entries of an indirect list about a certificate of an issuer: an entry without certificateIssuer is about the issuer
   * of the one before it (RFC 5280 §5.3.3). `isIssuer`: whether that is the DER Name in question.
   * @throws PkiError `malformed`, `over-the-bound` for a list that is too long.
   */
  ofIssuer(serial: Uint8Array, listIssuer: Uint8Array, isIssuer: (name: Uint8Array) => boolean): CrlEntry[] {
    const found: CrlEntry[] = [];
    let current = isIssuer(listIssuer);
    let count = 0;
    const entries = new DerReader(this.#content);
    while (!entries.atEnd) {
      count += 1;
      if (count > MAX_INDIRECT_ENTRIES)
        throw new PkiError('over-the-bound', 'an indirect CRL of too many entries');
      const { entry, serialNumber, certificateIssuer } = readEntry(entries.sequence());
      if (certificateIssuer !== undefined) current = isIssuer(certificateIssuer);
      if (current && equalBytes(serialNumber, serial)) found.push(entry);
    }
    return found;
  }
}

function readEntry(fields: DerReader): {
  readonly entry: CrlEntry;
  readonly serialNumber: Uint8Array;
  readonly certificateIssuer: Uint8Array | undefined;
} {
  const serialNumber = fields.element(TAG.integer).content;
  const revokedAt = fields.time();
  const extensions = fields.atEnd ? new Map<string, Extension>() : readExtensions(fields);
  fields.end();
  // Whatever it says, and of whatever reason: the least that it means is that the certificate is revoked (X.509 §7.3).
  const isUnknown = [...extensions.values()].some(
    ({ critical, oid }) => critical && !KNOWN_ENTRY_EXTENSIONS.has(oid),
  );
  const contentOf = (oid: string): Uint8Array | undefined => extensions.get(oid)?.value;
  const [reason, invalidity, issuer] = [
    contentOf(OID.reasonCode),
    contentOf(OID.invalidityDate),
    contentOf(OID.certificateIssuer),
  ];
  return {
    serialNumber,
    entry: {
      revokedAt,
      reason: isUnknown ? undefined : reason && readOnly(reason, TAG.enumerated).content[0],
      invalidityDate: invalidity && new DerReader(invalidity).time(),
    },
    certificateIssuer:
      issuer && readGeneralNames(readSequence(issuer)).find(({ kind }) => kind === 'directory')?.value,
  };
}

/** Offsets of the entries in chains by a hash of the serial number: twelve bytes for each entry. */
class SerialIndex {
  readonly #content: Uint8Array;
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #offsets: Int32Array;
  readonly #mask: number;

  constructor(content: Uint8Array) {
    this.#content = content;
    const count = countElements(content);
    let size = 1;
    while (size < count) size *= 2;
    this.#mask = size - 1;
    this.#heads = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(count);
    this.#offsets = new Int32Array(count);
    let offset = 0;
    for (let index = 0; index < count; index += 1) {
      this.#offsets[index] = offset;
      const bucket = hashOf(serialAt(content, offset)) & this.#mask;
      this.#next[index] = this.#heads[bucket] ?? -1;
      this.#heads[bucket] = index;
      offset = endOfElement(content, offset);
    }
  }

  /** The DER of the entries, latest first. */
  find(serial: Uint8Array): Uint8Array[] {
    const found: Uint8Array[] = [];
    let index = this.#heads[hashOf(serial) & this.#mask] ?? -1;
    for (; index >= 0 && found.length < MAX_OF_A_SERIAL; index = this.#next[index] ?? -1) {
      const offset = this.#offsets[index] ?? 0;
      if (equalBytes(serialAt(this.#content, offset), serial))
        found.push(this.#content.subarray(offset, endOfElement(this.#content, offset)));
    }
    return found;
  }
}

function countElements(content: Uint8Array): number {
  let count = 0;
  for (let offset = 0; offset < content.length; offset = endOfElement(content, offset)) count += 1;
  return count;
}

function endOfElement(content: Uint8Array, offset: number): number {
  const { start, length } = contentAt(content, offset);
  return start + length;
}

function serialAt(content: Uint8Array, offset: number): Uint8Array {
  if (content[offset] !== TAG.sequence) throw malformed('CRL entry');
  const inner = contentAt(content, offset).start;
  if (content[inner] !== TAG.integer) throw malformed('serial number in a CRL entry');
  const { start, length } = contentAt(content, inner);
  return content.subarray(start, start + length);
}

/** Where the content of the element at `offset` starts, and how long it is; entries are short. */
function contentAt(content: Uint8Array, offset: number): { readonly start: number; readonly length: number } {
  const first = content[offset + 1] ?? 0x80;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || octets > 3) throw malformed('length of a CRL entry');
  let length = octets === 0 ? first : 0;
  for (let index = 0; index < octets; index += 1) length = length * 256 + (content[offset + 2 + index] ?? 0);
  const start = offset + 2 + octets;
  if (start + length > content.length) throw malformed('CRL entry cut off');
  return { start, length };
}

/** FNV-1a. Serial numbers are chosen by the authority, who signed the list; collisions cost it time alone. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const octet of bytes) hash = Math.imul(hash ^ octet, 0x01000193);
  return hash >>> 0;
}
