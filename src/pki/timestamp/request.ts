/** Time-stamp requests (RFC 3161 §2.4.1). */
import { DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, TAG } from '../der/tags.ts';
import { integer, octetString, oid, sequence, TRUE } from '../der/writer.ts';
import { malformed } from '../errors.ts';
import { OID } from '../oids.ts';

export interface MessageImprint {
  /** OID of the hash algorithm, which may be one that we refuse. */
  readonly hashOid: string;
  readonly hash: Uint8Array;
  readonly der: Uint8Array;
}

export interface TimestampRequest {
  readonly version: number;
  readonly imprint: MessageImprint;
  readonly policy: string | undefined;
  readonly nonce: bigint | undefined;
  readonly certReq: boolean;
  readonly extensionOids: readonly string[];
}

/** What we ask stamps over. */
export type StampDigest = 'sha256' | 'sha384' | 'sha512';

/** DER MessageImprint; parameters absent (RFC 5754 §2). */
export const messageImprint = (digest: Uint8Array, hash: StampDigest = 'sha256'): Uint8Array =>
  sequence(sequence(oid(OID[hash])), octetString(digest));

/** DER TimeStampReq over a digest, of SHA-256 unless `hash` says otherwise. `nonce` is unsigned, big-endian. */
export function buildTimestampRequest(input: {
  readonly digest: Uint8Array;
  readonly hash?: StampDigest;
  readonly nonce?: Uint8Array;
  readonly policy?: string;
  readonly certReq: boolean;
}): Uint8Array {
  return sequence(
    integer(1),
    messageImprint(input.digest, input.hash),
    ...(input.policy === undefined ? [] : [oid(input.policy)]),
    ...(input.nonce === undefined ? [] : [integer(input.nonce)]),
    ...(input.certReq ? [TRUE] : []),
  );
}

/** @throws PkiError `malformed`. */
export function parseTimestampRequest(der: Uint8Array): TimestampRequest {
  const fields = readSequence(der);
  const version = fields.smallInteger();
  const imprint = readMessageImprint(fields);
  const policy = fields.peek() === TAG.oid ? fields.oid() : undefined;
  const nonce = fields.peek() === TAG.integer ? fields.integer() : undefined;
  const certReq = fields.booleanDefaultFalse();
  const extensions = fields.optionalInside(contextConstructed(0));
  fields.end();
  const extensionOids = extensions?.map((reader) => reader.sequence().oid()) ?? [];
  return { version, imprint, policy, nonce, certReq, extensionOids };
}

export function readMessageImprint(reader: DerReader): MessageImprint {
  const element = reader.element(TAG.sequence);
  const fields = new DerReader(element.content);
  const algorithm = fields.sequence();
  const hashOid = algorithm.oid();
  const hash = fields.octetString();
  fields.end();
  if (!algorithm.atEnd) requireNullParameters(algorithm);
  return { hashOid, hash, der: element.bytes };
}

function requireNullParameters(algorithm: DerReader): void {
  if (algorithm.element(TAG.null).content.length !== 0) throw malformed('parameters of the hash algorithm');
  algorithm.end();
}

/** Length in bytes of the hashes that a time-stamp may cover: SHA-256 and stronger. */
export const HASH_LENGTHS: Readonly<Record<string, number>> = Object.freeze({
  [OID.sha256]: 32,
  [OID.sha384]: 48,
  [OID.sha512]: 64,
});
