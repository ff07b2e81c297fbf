/**
 * Positioned reads over a document. Everything in `src/pdf` reads through this interface, so that the
 * memory used does not depend on the size of the file.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { OssError } from '../contract/errors.ts';

export interface ByteSource {
  /** Size in bytes. */
  readonly size: number;
  /** The bytes of [offset, offset + length), cut at the end of the source. The result must not be changed. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Fills `target` completely from `offset`; throws OSS_FILE_CHANGED where the source ends too early. */
  readInto(target: Uint8Array, offset: number): Promise<void>;
}

export type FileSource = ByteSource & { close(): Promise<void> };

const BLOCK_SIZE = 16 * 1024;
const MAX_BLOCKS = 64;

async function fill(handle: FileHandle, target: Uint8Array, offset: number): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle.read(target, done, target.length - done, offset + done);
    if (bytesRead === 0) throw new OssError('OSS_FILE_CHANGED', { reason: 'the file became shorter' });
    done += bytesRead;
  }
}

class CachedFileSource implements ByteSource {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #blocks = new Map<number, Promise<Uint8Array>>();

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.size, offset + length);
    if (offset >= end) return new Uint8Array(0);
    const first = Math.floor(offset / BLOCK_SIZE);
    const last = Math.floor((end - 1) / BLOCK_SIZE);
    if (first === last) {
      const block = await this.#block(first);
      return block.subarray(offset - first * BLOCK_SIZE, end - first * BLOCK_SIZE);
    }
    const target = new Uint8Array(end - offset);
    await this.readInto(target, offset);
    return target;
  }

  readInto(target: Uint8Array, offset: number): Promise<void> {
    return fill(this.#handle, target, offset);
  }

  /** Least recently used block goes first: a Map keeps insertion order. */
  #block(index: number): Promise<Uint8Array> {
    const known = this.#blocks.get(index);
    if (known) {
      this.#blocks.delete(index);
      this.#blocks.set(index, known);
      return known;
    }
    const block = this.#load(index);
    this.#blocks.set(index, block);
    block.catch(() => this.#blocks.delete(index));
    if (this.#blocks.size > MAX_BLOCKS) {
      for (const oldest of this.#blocks.keys()) {
        this.#blocks.delete(oldest);
        break;
      }
    }
    return block;
  }

  async #load(index: number): Promise<Uint8Array> {
    const offset = index * BLOCK_SIZE;
    const block = new Uint8Array(Math.min(BLOCK_SIZE, this.size - offset));
    await fill(this.#handle, block, offset);
    return block;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** Opens a file for positioned reads. Throws OSS_FILE_NOT_FOUND where it cannot be opened. */
export async function openFileSource(path: string): Promise<FileSource> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const status = await handle.stat();
    if (status.isFile()) return new CachedFileSource(handle, status.size);
  } catch (cause) {
    await handle?.close();
    throw new OssError('OSS_FILE_NOT_FOUND', {}, { cause });
  }
  await handle.close();
  throw new OssError('OSS_FILE_NOT_FOUND', { reason: 'not a regular file' });
}

/** A file that somebody else opened and will close, as it is now. */
export async function sourceOfHandle(handle: FileHandle): Promise<ByteSource> {
  return new CachedFileSource(handle, (await handle.stat()).size);
}

/** A document that is already in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    async read(offset, length) {
      return bytes.subarray(offset, offset + length);
    },
    async readInto(target, offset) {
      const part = bytes.subarray(offset, offset + target.length);
      if (part.length < target.length) throw new OssError('OSS_FILE_CHANGED');
      target.set(part);
    },
  };
}

/** A source with more bytes behind its last one. */
export function extendedSource(source: ByteSource, tail: Uint8Array): ByteSource {
  const readInto = async (target: Uint8Array, offset: number): Promise<void> => {
    const inSource = Math.max(0, Math.min(target.length, source.size - offset));
    if (inSource > 0) await source.readInto(target.subarray(0, inSource), offset);
    const from = offset + inSource - source.size;
    const rest = tail.subarray(from, from + target.length - inSource);
    if (rest.length < target.length - inSource) throw new OssError('OSS_FILE_CHANGED');
    target.set(rest, inSource);
  };
  return {
    size: source.size + tail.length,
    async read(offset, length) {
      if (offset + length <= source.size) return source.read(offset, length);
      const target = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
      await readInto(target, offset);
      return target;
    },
    readInto,
  };
}

/** The first `size` bytes of a source. */
export function prefixOf(source: ByteSource, size: number): ByteSource {
  return {
    size: Math.min(size, source.size),
    read(offset, length) {
      return source.read(offset, Math.max(0, Math.min(length, this.size - offset)));
    },
    async readInto(target, offset) {
      if (offset + target.length > this.size) throw new OssError('OSS_FILE_CHANGED');
      await source.readInto(target, offset);
    },
  };
}
