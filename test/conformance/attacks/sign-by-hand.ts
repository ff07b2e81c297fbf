/**
 * Signatures of the sandbox service in containers that our product would never write: certifications, locks, and ranges
 * that cover the wrong bytes. The CMS is as sound as any.
 */
import { createHash } from 'node:crypto';
import { fromBase64, toBase64, toUtcSeconds } from '../../../src/contract/model/encoding.ts';
import { signResponseSchema } from '../../../src/contract/service-api/sign.ts';
import { assembleCms } from '../../../src/pki/index.ts';
import { ServiceClient } from '../../integration/service-client.ts';
import { appendRevision, latin1, type Objects } from './pdf-text.ts';

const HOLE_DIGITS = 24_000;
const RANGE_WIDTH = 60;

/** A file whose signature value is still missing. */
export interface Unsigned {
  readonly file: Buffer;
  /** Offset of the first digit of the value. */
  readonly valueAt: number;
  readonly covered: readonly (readonly [start: number, end: number])[];
}

export interface HandMade {
  /** Further entries of the signature dictionary. */
  readonly entries?: string;
  /** What the range says and covers, where that is not what it should be. */
  readonly range?: (right: Range, size: number) => readonly number[];
  readonly objects?: Objects;
}
export type Range = readonly [number, number, number, number];

/** Adds a revision with the signature dictionary as object `number`, and the objects that lead to it. */
export function withHole(file: Buffer, number: number, claimed: Date, handMade: HandMade): Unsigned {
  const time = `D:${claimed.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`;
  const dictionary =
    `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (${time}) ${handMade.entries ?? ''} ` +
    `/ByteRange ${' '.repeat(RANGE_WIDTH)} /Contents <${'0'.repeat(HOLE_DIGITS)}>>>`;
  const result = appendRevision(file, { ...handMade.objects, [number]: dictionary });
  const open = result.lastIndexOf(latin1(`<${'0'.repeat(HOLE_DIGITS)}>`));
  const close = open + HOLE_DIGITS + 2;
  const right: Range = [0, open, close, result.length - close];
  const range = handMade.range?.(right, result.length) ?? right;
  const at = result.lastIndexOf(latin1(`/ByteRange ${' '.repeat(RANGE_WIDTH)}`)) + '/ByteRange '.length;
  result.write(`[${range.join(' ')}]`, at, 'latin1');
  const covered: (readonly [number, number])[] = [];
  for (let index = 0; index + 1 < range.length; index += 2) {
    const [start = 0, length = 0] = range.slice(index, index + 2);
    covered.push([start, start + length]);
  }
  return { file: result, valueAt: open + 1, covered };
}

/** One transaction at the service for all of them. */
export async function signByHand(
  serviceUrl: string,
  claimed: Date,
  unsigned: readonly Unsigned[],
): Promise<Buffer[]> {
  const client = new ServiceClient(serviceUrl);
  await client.login();
  const { id } = await client.registered();
  const manifest = unsigned.map((one) => ({
    digest: toBase64(digestOf(one)),
    claimedSigningTime: toUtcSeconds(claimed),
  }));
  await client.sendOtp(id, manifest);
  const response = signResponseSchema.parse((await client.sign(id, await client.code(id), manifest)).body);
  const [issuing = ''] = response.chain;
  return unsigned.map(({ file, valueAt }, index) => {
    const document = response.documents[index];
    if (!document) throw new Error('the service signed too few documents');
    const cms = assembleCms({
      signedAttributes: fromBase64(document.signedAttributes),
      signature: fromBase64(document.signature),
      scheme: response.signatureScheme,
      certificate: fromBase64(response.certificate),
      chain: [fromBase64(issuing)],
      timestampToken: fromBase64(document.timestamp),
    });
    const signed = Buffer.from(file);
    signed.write(Buffer.from(cms).toString('hex'), valueAt, 'latin1');
    return signed;
  });
}

function digestOf({ file, covered }: Unsigned): Buffer {
  const hash = createHash('sha256');
  for (const [start, end] of covered) hash.update(file.subarray(start, end));
  return hash.digest();
}
