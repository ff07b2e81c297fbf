import { createHash } from 'node:crypto';

/** id-messageDigest (RFC 5652 §11.2) with its value, a SHA-256. */
const MESSAGE_DIGEST = Buffer.from('06092a864886f70d010904312204 20'.replace(' ', ''), 'hex');

/** What is wrong with a document that was signed once, by its bytes alone; undefined where nothing is. */
export function flawOf(signed: Buffer, original: Buffer): string | undefined {
  if (!signed.subarray(0, original.length).equals(original)) return 'does not begin with its original';
  const text = signed.toString('latin1');
  const ranges = [
    ...text.slice(original.length).matchAll(/\/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)\s*\]/g),
  ];
  if (ranges.length !== 1) return `has ${ranges.length} signatures`;
  const [start = 0, before = 0, behind = 0, rest = 0] = (ranges[0] ?? []).slice(1).map(Number);
  // Validation data may follow; whether it is nothing else is for the verification to say.
  if (start !== 0 || before <= original.length || behind + rest > signed.length) {
    return `has a signature over ${start} ${before} ${behind} ${rest} of ${signed.length} bytes`;
  }
  const hex = text.slice(before, behind).replace(/^<|>$/g, '');
  const cms = Buffer.from(hex, 'hex');
  const digest = createHash('sha256')
    .update(signed.subarray(0, before))
    .update(signed.subarray(behind, behind + rest))
    .digest();
  return cms.includes(Buffer.concat([MESSAGE_DIGEST, digest]))
    ? undefined
    : 'has a signature over something else';
}
