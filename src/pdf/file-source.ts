/** Files as byte sources. Blocks that were read are kept: a call to the system costs more than what most reads ask for. */
import type { FileHandle } from 'node:fs/promises';
import { OssError } from '../contract/errors.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import { assertRegular, openRegularFile } from './regular-file.ts';

export type FileSource = ByteSource & { close(): Promise<void> };

const BLOCK_SIZE = 64 * 1024;
const MAX_BLOCKS = 16;
/** A read of more blocks than this goes past them: it would drive out what is needed again. */
const MAX_JOINED = 2;

class BlockSource implements ByteSource {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #blocks = new Map<number, Promise<Uint8Array>>();
  #latest: { readonly start: number; readonly bytes: Uint8Array };

  /** `head`: as many of the first bytes as have been read already. */
  constructor(handle: FileHandle, size: number, head: Uint8Array = new Uint8Array(0)) {
    this.#handle = handle;
    this.size = size;
    this.#latest = { start: 0, bytes: head };
    if (head.length === BLOCK_SIZE) this.#blocks.set(0, Promise.resolve(head));
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.size, offset + length);
    if (offset >= end) return new Uint8Array(0);
    const { start: known, bytes } = this.#latest;
    if (offset >= known && end <= known + bytes.length) return bytes.subarray(offset - known, end - known);
    const first = Math.floor(offset / BLOCK_SIZE);
    const last = Math.floor((end - 1) / BLOCK_SIZE);
    if (first === last) return this.#part(first, offset, end);
    const target = new Uint8Array(end - offset);
    if (last - first >= MAX_JOINED) {
      await fill(this.#handle, target, offset);
      return target;
    }
    for (let index = first; index <= last; index += 1) {
      const start = Math.max(offset, index * BLOCK_SIZE);
      target.set(await this.#part(index, start, Math.min(end, (index + 1) * BLOCK_SIZE)), start - offset);
    }
    return target;
  }

  readInto(target: Uint8Array, offset: number): Promise<void> {
    return fill(this.#handle, target, offset);
  }

  /** The bytes of [start, end) of the file, which lie in one block. */
  async #part(index: number, start: number, end: number): Promise<Uint8Array> {
    const blockStart = index * BLOCK_SIZE;
    const bytes = await this.#block(index);
    this.#latest = { start: blockStart, bytes };
    return bytes.subarray(start - blockStart, end - blockStart);
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
}

async function fill(handle: FileHandle, target: Uint8Array, offset: number): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle.read(target, done, target.length - done, offset + done);
    if (bytesRead === 0) throw new OssError('OSS_FILE_CHANGED', { reason: 'the file became shorter' });
    done += bytesRead;
  }
}

/**
 * Opens a file for positioned reads.
 * @throws OSS_FILE_NOT_FOUND where it cannot be opened, or is not a regular file: a link, a pipe, a device.
 */
export async function openFileSource(path: string): Promise<FileSource> {
  let handle: FileHandle | undefined;
  try {
    const file = await openRegularFile(path);
    handle = file;
    // The first block is needed in any case, so it is read while the size is asked for.
    const reading = readHead(file);
    reading.catch(() => undefined); // what is no file is named as such, whatever reading it says
    const status = await file.stat();
    assertRegular(status);
    const head = await reading;
    return status.size <= head.length
      ? wholeFile(file, head.subarray(0, status.size))
      : Object.assign(new BlockSource(file, status.size, head), { close: () => file.close() });
  } catch (cause) {
    await handle?.close();
    throw cause instanceof OssError ? cause : new OssError('OSS_FILE_NOT_FOUND', {}, { cause });
  }
}

async function readHead(file: FileHandle): Promise<Uint8Array> {
  const block = new Uint8Array(BLOCK_SIZE);
  const { bytesRead } = await file.read(block, 0, BLOCK_SIZE, 0);
  return block.subarray(0, bytesRead);
}

/** What is parsed and what is hashed are the same bytes; meanwhile the file is closed. */
function wholeFile(file: FileHandle, bytes: Uint8Array): FileSource {
  const closed = file.close();
  closed.catch(() => undefined); // it is told to anyone who closes the source
  return { ...memorySource(bytes), close: () => closed };
}

/**
 * The first `size` bytes of a file that somebody else opened and will close. A file of one block is read at once. Throws
 * OSS_FILE_CHANGED where it is shorter.
 */
export async function sourceOfHandle(handle: FileHandle, size: number): Promise<ByteSource> {
  if (size > BLOCK_SIZE) return new BlockSource(handle, size);
  const bytes = new Uint8Array(size);
  await fill(handle, bytes, 0);
  return memorySource(bytes);
}
