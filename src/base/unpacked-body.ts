import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** Codings of a body that are taken (RFC 9110 §8.4.1), for the header Accept-Encoding of a refusal. */
export const TAKEN_CODINGS = 'gzip, deflate, br';

/** What no document or form reaches; a bomb reaches a thousand times its size. */
const MAX_RATIO = 200;
const FREE_BYTES = 1024 * 1024;

const UNPACKERS = Object.freeze({
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
});

/** Why a packed body is not taken. */
export class PackedBodyFault extends Error {
  override readonly name = 'PackedBodyFault';
  readonly kind: 'unknown' | 'damaged' | 'tooLarge';

  constructor(kind: 'unknown' | 'damaged' | 'tooLarge', message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** A body as it was before it was packed, with the bytes that were received for it: servers compare lengths. */
export type UnpackedBody = Readable & { receivedEncodedLength?: number };

/**
 * Unpacks a body as its header Content-Encoding says, while it arrives; anyone who reads it limits its size.
 * @returns the body itself where it is not packed
 * @throws PackedBodyFault for a coding that is not taken; as error of the stream where it is damaged or a bomb
 */
export function unpackedBody(body: Readable, coding: string | undefined): UnpackedBody {
  const name = coding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  if (!Object.hasOwn(UNPACKERS, name)) {
    throw new PackedBodyFault('unknown', `Content-Encoding is none of ${TAKEN_CODINGS}`);
  }
  const unpacker = UNPACKERS[name as keyof typeof UNPACKERS]();
  const counter = new RatioLimit();
  const out: UnpackedBody = counter;
  body.on('data', (chunk: Buffer) => {
    counter.receivedEncodedLength += chunk.length;
  });
  unpacker.on('error', (cause) =>
    counter.destroy(
      new PackedBodyFault('damaged', `The body is not ${name}, as Content-Encoding says`, { cause }),
    ),
  );
  const gone = (cause?: Error): void => {
    if (!body.readableEnded) counter.destroy(cause ?? new Error('the connection was lost'));
  };
  body.on('error', gone).on('close', () => gone());
  // A reader that has answered already listens no more; what is wrong then concerns nobody.
  counter.on('error', () => undefined);
  // Nothing more is unpacked for a reader that has gone.
  counter.on('close', () => {
    body.unpipe(unpacker);
    unpacker.destroy();
  });
  body.pipe(unpacker).pipe(counter);
  return out;
}

class RatioLimit extends Transform {
  receivedEncodedLength = 0;
  #bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#bytes += chunk.length;
    if (this.#bytes > FREE_BYTES + MAX_RATIO * this.receivedEncodedLength) {
      done(
        new PackedBodyFault('tooLarge', `The body is more than ${MAX_RATIO} times as large as what was sent`),
      );
    } else done(null, chunk);
  }
}
