/** Walks over a document of any size in little memory. */
import type { ByteSource } from './byte-source.ts';

/** Larger blocks are no faster: hashing one takes longer than asking for the next. */
const BLOCK_SIZE = 256 * 1024;

/**
 * Hands over the bytes of [start, end) block by block, in order; while one is in use the next is being read. A block
 * must not be kept.
 * @throws what `use` throws, and OSS_FILE_CHANGED where the source ends too early.
 */
export async function eachBlock(
  source: ByteSource,
  start: number,
  end: number,
  use: (block: Uint8Array, offset: number) => unknown,
): Promise<void> {
  const size = Math.min(BLOCK_SIZE, end - start);
  if (size <= 0) return;
  let current = new Uint8Array(size);
  let part = await load(source, current, start, end);
  if (start + size === end) {
    await use(part, start);
    return;
  }
  let spare = new Uint8Array(size);
  for (let offset = start; offset < end; ) {
    const next = offset + part.length;
    const used = part;
    const position = offset;
    const [following] = await settleAll([
      next < end ? load(source, spare, next, end) : Promise.resolve(part),
      Promise.resolve().then(() => use(used, position)),
    ]);
    part = following;
    [current, spare] = [spare, current];
    offset = next;
  }
}

async function load(
  source: ByteSource,
  buffer: Uint8Array,
  offset: number,
  end: number,
): Promise<Uint8Array> {
  const part = buffer.subarray(0, Math.min(buffer.length, end - offset));
  await source.readInto(part, offset);
  return part;
}

/** Waits for all of them before it fails, so that nobody still uses a buffer or the file afterwards. */
export async function settleAll<T extends readonly Promise<unknown>[]>(
  work: readonly [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
