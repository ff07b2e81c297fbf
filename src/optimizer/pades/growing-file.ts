import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import {
  appendUpdate,
  eachBlock,
  embedContents,
  openFileSource,
  openPdf,
  type PdfDocument,
  type SignatureUpdate,
  sourceOfHandle,
  writeFully,
} from '../../pdf/index.ts';
import type { StampDigest } from '../../pki/index.ts';
import type { HashedPrefix } from '../vault/hash-file.ts';

/**
 * A PDF that only grows: each step appends an incremental update. What was hashed is not read again, however many
 * document time stamps are added, and memory does not grow with the file.
 */
export class GrowingFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #password: string | undefined;
  #size: number;
  #hashed: HashedPrefix;

  private constructor(path: string, file: FileHandle, size: number, prefix: HashedPrefix, password?: string) {
    this.path = path;
    this.#file = file;
    this.#size = size;
    this.#hashed = prefix;
    this.#password = password;
  }

  /** @throws OssError OSS_FILE_NOT_FOUND */
  static async open(
    path: string,
    options: {
      readonly prefix?: HashedPrefix;
      readonly password?: string;
      /** Of the ByteRange digests. Default: SHA-256, which alone goes on from `prefix`. */
      readonly timestampDigest?: StampDigest;
    } = {},
  ): Promise<GrowingFile> {
    const file = await open(path, 'r+').catch((cause: unknown) => {
      throw new OssError('OSS_FILE_NOT_FOUND', { file: path }, { cause });
    });
    const { size } = await file.stat();
    const { timestampDigest: digest = 'sha256' } = options;
    const fresh = { bytes: 0, hash: createHash(digest) };
    const prefix = digest === 'sha256' ? (options.prefix ?? fresh) : fresh;
    return new GrowingFile(path, file, size, prefix, options.password);
  }

  get size(): number {
    return this.#size;
  }

  /** Reads the document as it is now. */
  async read<T>(use: (pdf: PdfDocument) => Promise<T>): Promise<T> {
    const source = await openFileSource(this.path);
    try {
      return await use(
        await openPdf(source, this.#password === undefined ? {} : { password: this.#password }),
      );
    } finally {
      await source.close();
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    await writeFully(this.#file, bytes, this.#size);
    this.#size += bytes.length;
  }

  /** Appends a revision with a placeholder and fills it with what `make` answers to the digest of its ByteRange. */
  async appendSealed(
    update: SignatureUpdate,
    make: (digest: Uint8Array) => Promise<Uint8Array>,
  ): Promise<void> {
    await this.#hashToEnd();
    const digest = await appendUpdate(this.#file, update, this.#hashed.hash);
    await embedContents(this.#file, update, await make(digest));
    this.#size = update.totalSize;
  }

  /** Cuts off what was appended after the file had this size. */
  async truncate(size: number): Promise<void> {
    await this.#file.truncate(size);
    await this.#file.datasync();
    this.#size = size;
  }

  async flush(): Promise<void> {
    await this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #hashToEnd(): Promise<void> {
    const hash = this.#hashed.hash.copy();
    const source = await sourceOfHandle(this.#file, this.#size);
    await eachBlock(source, this.#hashed.bytes, this.#size, (block) => hash.update(block));
    this.#hashed = { bytes: this.#size, hash };
  }
}
