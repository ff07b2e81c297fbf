/** The files in a ZIP of somebody else: named once, within bounds, never written anywhere. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { DigestName } from '../../pki/index.ts';

const MOST_FILES = 10_000;
/** Of all files together, unpacked. */
const LARGEST = 1024 * 1024 * 1024;
/** Of a signature or a manifest, which are read as a whole. */
const LARGEST_READ = 16 * 1024 * 1024;

/** Why a ZIP is not judged; the message is for a technician. */
export class UnusableZip extends Error {
  override readonly name = 'UnusableZip';
}

export interface ZippedFile {
  readonly name: string;
  readonly bytes: number;
}

/** An open ZIP; to be closed. */
export class ZipFiles {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws UnusableZip */
  static async open(path: string): Promise<ZipFiles> {
    const zip = await unlessUnusable(() => openPromise(path, { autoClose: false, strictFileNames: true }));
    try {
      return new ZipFiles(zip, await unlessUnusable(() => entriesOf(zip)));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** In the order of the ZIP. */
  get files(): ZippedFile[] {
    return [...this.#entries].map(([name, { uncompressedSize: bytes }]) => ({ name, bytes }));
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** A file in blocks, of any size. @throws UnusableZip for one that is damaged */
  async *blocks(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name);
    if (!entry) throw new UnusableZip(`it does not hold “${name}”`);
    const stream = await unlessUnusable(() => this.#zip.openReadStreamPromise(entry));
    let sum = 0;
    try {
      for await (const block of stream) {
        sum = crc32(block as Buffer, sum);
        yield block as Buffer;
      }
    } catch (error) {
      throw unusable(error);
    }
    // The library checks sizes alone.
    if (sum !== entry.crc32) throw new UnusableZip(`“${name}” is damaged`);
  }

  /** @throws UnusableZip for one that is damaged, or too large to be a signature or manifest */
  async read(name: string): Promise<Buffer> {
    if ((this.#entries.get(name)?.uncompressedSize ?? 0) > LARGEST_READ)
      throw new UnusableZip('a signature or manifest is larger than 16 MB');
    const blocks: Buffer[] = [];
    for await (const block of this.blocks(name)) blocks.push(block);
    return Buffer.concat(blocks);
  }

  /** Digests of one file, in one reading. @throws UnusableZip */
  async digests(name: string, algorithms: ReadonlySet<DigestName>): Promise<Map<DigestName, Uint8Array>> {
    const hashes = [...algorithms].map((algorithm) => [algorithm, createHash(algorithm)] as const);
    for await (const block of this.blocks(name)) for (const [, hash] of hashes) hash.update(block);
    return new Map(hashes.map(([algorithm, hash]) => [algorithm, hash.digest()]));
  }

  close(): void {
    this.#zip.close();
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MOST_FILES) throw new UnusableZip(`it holds more than ${MOST_FILES} files`);
  const entries = new Map<string, Entry>();
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName: name } = entry;
    if (name.endsWith('/')) continue;
    if (entry.isEncrypted()) throw new UnusableZip('its files are encrypted');
    // Programs that read from the front would take another file for this one.
    if (entries.has(name)) throw new UnusableZip(`it holds “${name}” twice`);
    const local = await zip.readLocalFileHeaderPromise(entry);
    if (!local.fileName.equals(entry.fileNameRaw))
      throw new UnusableZip(`its directory names “${name}” otherwise than the file itself`);
    bytes += entry.uncompressedSize;
    if (bytes > LARGEST) throw new UnusableZip('its files are larger than 1 GB');
    entries.set(name, entry);
  }
  return entries;
}

async function unlessUnusable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unusable(error);
  }
}

const unusable = (error: unknown): UnusableZip =>
  error instanceof UnusableZip
    ? error
    : new UnusableZip(`it cannot be read (${error instanceof Error ? error.message.slice(0, 120) : ''})`);
