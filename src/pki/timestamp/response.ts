/** Time-stamp responses (RFC 3161 §2.4.2). */
import { readSequence } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { integer, namedBits, sequence, utf8String } from '../der/writer.ts';
import { malformed, PkiError } from '../errors.ts';

/** Bits of PKIFailureInfo that a time-stamp authority uses. */
export const FAILURE_BITS = Object.freeze({
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  addInfoNotAvailable: 17,
  systemFailure: 25,
});
export type TimestampFailure = keyof typeof FAILURE_BITS;

const STATUS = { granted: 0, grantedWithMods: 1, rejection: 2 } as const;

/** DER TimeStampResp with status granted. */
export const buildTimestampResponse = (token: Uint8Array): Uint8Array =>
  sequence(sequence(integer(STATUS.granted)), token);

/** DER TimeStampResp with status rejection and one failure bit; `text` is for people. */
export const buildTimestampRejection = (failure: TimestampFailure, text: string): Uint8Array =>
  sequence(
    sequence(integer(STATUS.rejection), sequence(utf8String(text)), namedBits([FAILURE_BITS[failure]])),
  );

/**
 * The token of a granted response (TS-06: token if and only if granted, no failure bit).
 * @throws PkiError `timestamp-refused` naming the failure when the authority refused, `malformed` when the response
 * contradicts itself.
 */
export function parseTimestampResponse(der: Uint8Array): Uint8Array {
  const fields = readSequence(der);
  const info = fields.sequence();
  const status = info.smallInteger();
  info.optional(TAG.sequence);
  const failures = info.optional(TAG.bitString)?.content;
  info.end();
  const token = fields.optional(TAG.sequence)?.bytes;
  fields.end();
  const granted = status === STATUS.granted || status === STATUS.grantedWithMods;
  if (!granted) {
    if (token !== undefined || status < 0 || status > 5)
      throw malformed('time-stamp response contradicts itself');
    throw new PkiError('timestamp-refused', `status ${status}, ${failureNames(failures)}`);
  }
  if (token === undefined || failures !== undefined)
    throw malformed('time-stamp response contradicts itself');
  return token;
}

function failureNames(content: Uint8Array | undefined): string {
  if (content === undefined) return 'no reason given';
  const names = Object.entries(FAILURE_BITS)
    .filter(([, bit]) => ((content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0)
    .map(([name]) => name);
  return names.join(', ') || 'unknown failure';
}
