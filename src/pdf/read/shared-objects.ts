/** Objects that the versions of a file share: an incremental update leaves what was before where it was (§7.5.6). */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { rawBytes } from '../syntax/values.ts';
import { BoundedCache } from './bounded-cache.ts';
import { type FileObject, readObjectAt } from './indirect-object.ts';

/** A thousand signatures with their values; a version by itself keeps less. */
const CACHED_BYTES = 64 * 1024 * 1024;

export class SharedObjects {
  readonly #source: ByteSource;
  readonly #byOffset = new BoundedCache<number, FileObject>(CACHED_BYTES);

  /** @param source the newest version */
  constructor(source: ByteSource) {
    this.#source = source;
  }

  /**
   * The object at an offset, as a version that ends at `source.size` has it.
   * @throws OSS_PDF_XREF_DAMAGED where no object begins there, OSS_PDF_MALFORMED and OSS_PDF_LIMIT.
   */
  async read(source: ByteSource, offset: number): Promise<FileObject> {
    const known = this.#byOffset.get(offset) ?? (await this.#readNewest(offset));
    return known && endOf(known) <= source.size ? known : readObjectAt(source, offset);
  }

  async #readNewest(offset: number): Promise<FileObject | undefined> {
    try {
      const object = await readObjectAt(this.#source, offset);
      this.#byOffset.set(offset, object, rawBytes(object.item).length + 256);
      return object;
    } catch (error) {
      // An earlier version that ends in the middle of it may say something else.
      if (error instanceof OssError && error.code !== 'OSS_FILE_CHANGED') return undefined;
      throw error;
    }
  }
}

/** The first byte behind what decides how the object is read; numbers and words may go on with what follows. */
function endOf({ item }: FileObject): number {
  const { value, window, end } = item;
  if (value.kind === 'stream') return value.dataOffset;
  const isClosed = value.kind === 'dictionary' || value.kind === 'array';
  return isClosed ? (window.fileOffset ?? 0) + end : Number.POSITIVE_INFINITY;
}
