/**
 * Positioned reads over a document. Everything in `src/pdf` reads through this interface, so that the
 * memory used does not depend on the size of the file.
 */
import { OssError } from '../contract/errors.ts';

export interface ByteSource {
  /** Size in bytes. */
  readonly size: number;
  /** The bytes of [offset, offset + length), cut at the end of the source. The result must not be changed. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Fills `target` completely from `offset`. @throws OSS_FILE_CHANGED where the source ends too early. */
  readInto(target: Uint8Array, offset: number): Promise<void>;
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
