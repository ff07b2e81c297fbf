import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../../pdf/index.ts';

export interface Watcher {
  readonly signal?: AbortSignal;
  readonly onBytes?: (read: number, expected: number) => void;
}

export interface WatchedSource extends ByteSource {
  /** From now on it is known how many bytes there are to read. */
  expect(bytes: number): void;
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
    expect(bytes) {
      expected = Math.max(1, bytes);
      read = 0;
    },
  };
}
