import { OssError } from '../../contract/errors.ts';
import type { ByteSource, PdfSignature } from '../../pdf/index.ts';

export interface Watcher {
  readonly signal?: AbortSignal;
  readonly onBytes?: (read: number, expected: number) => void;
}

export interface WatchedSource extends ByteSource {
  /** From now on it is known how much there is to read: what each of these covers. */
  expect(signatures: readonly PdfSignature[]): void;
}

/** Reads as the source does, tells how far it is, and stops when it is told to. */
export function watched(source: ByteSource, { signal, onBytes }: Watcher): WatchedSource {
  let read = 0;
  let expected = source.size;
  const count = (bytes: number): void => {
    if (signal?.aborted) throw new OssError('OSS_CANCELLED');
    read += bytes;
    onBytes?.(Math.min(read, expected), expected);
  };
  return {
    size: source.size,
    async read(offset, length) {
      count(0);
      return source.read(offset, length);
    },
    // Hashing comes this way, and hashing is what takes long.
    async readInto(target, offset) {
      count(target.length);
      await source.readInto(target, offset);
    },
    expect(signatures) {
      const covered = signatures.reduce(
        (sum, { byteRange = [0, 0, 0, 0] }) => sum + byteRange[1] + byteRange[3],
        0,
      );
      expected = Math.max(1, covered);
      read = 0;
    },
  };
}
