import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ifPresent, listIfPresent, readIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import { toOssError, writeFailure } from '../../contract/errors.ts';
import { transactionIdSchema } from '../../contract/model/transaction.ts';

/**
 * Where the station keeps the documents of a transaction while it lasts:
 *
 *     transactions/<id>/journal.jsonl   the record (see journal/journal.ts)
 *                       <n>.pdf         original bytes, followed by the prepared update
 *                       <n>.p7m         the detached signature over a hash
 *                       contract.pdf    the service contract as received
 *                       answer.json     the response of the service to `sign` (see signing-service/stored-response.ts)
 *                       reserve         space for what is written once a code was sent
 *
 * Readable by this user only. Nothing in it is ever sent anywhere.
 */
export class Vault {
  /** Folder of the folders. */
  readonly root: string;
  /** Made by this process: their journals may be about to begin. */
  readonly #made = new Set<string>();

  constructor(dataDirectory: string) {
    this.root = join(dataDirectory, 'transactions');
  }

  async createFolder(id: string): Promise<void> {
    this.#made.add(id);
    await mkdir(this.folder(id), { recursive: true, mode: 0o700 });
  }

  /** Whether there is anything of this transaction. */
  has(id: string): Promise<boolean> {
    return stat(this.folder(id)).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false;
        throw toOssError(error);
      },
    );
  }

  /** @throws ZodError for anything that is not an id, so that no id can name another folder */
  folder(id: string): string {
    return join(this.root, transactionIdSchema.parse(id));
  }

  journalPath(id: string): string {
    return join(this.folder(id), 'journal.jsonl');
  }

  documentPath(id: string, slot: number): string {
    return join(this.folder(id), `${slot}.pdf`);
  }

  envelopePath(id: string, slot: number): string {
    return join(this.folder(id), `${slot}.p7m`);
  }

  async writeEnvelope(id: string, slot: number, cms: Uint8Array): Promise<void> {
    await writeFileDurably(this.envelopePath(id, slot), cms);
  }

  /** Removes what a slot holds, if it holds anything. */
  async clearSlot(id: string, slot: number): Promise<void> {
    await rm(this.documentPath(id, slot), { force: true });
  }

  /**
   * Takes space on the disk for what will be written later. Where there is enough already, nothing happens.
   * @throws OssError OSS_DISK_FULL, OSS_FILE_WRITE_FAILED
   */
  async reserve(id: string, bytes: number): Promise<void> {
    const path = this.#reservePath(id);
    const { size = 0 } = (await ifPresent(stat(path), undefined)) ?? {};
    if (size >= bytes) return;
    try {
      // Random: file systems make holes of zeros, and compress what repeats.
      await writeFile(path, randomBytes(bytes), { mode: 0o600, flush: true });
    } catch (cause) {
      await rm(path, { force: true });
      throw writeFailure(cause, { reason: this.folder(id), folder: this.folder(id) });
    }
  }

  /** Writes something; where the disk is full, what was reserved is given back first. @throws what `write` throws */
  async makingRoom<T>(id: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (toOssError(error).code !== 'OSS_DISK_FULL') throw error;
      await rm(this.#reservePath(id), { force: true });
      return write();
    }
  }

  #reservePath(id: string): string {
    return join(this.folder(id), 'reserve');
  }

  contractPath(id: string): string {
    return join(this.folder(id), 'contract.pdf');
  }

  /** Ids of all transactions on disk, oldest name first. */
  async list(): Promise<string[]> {
    const names = await listIfPresent(this.root);
    return names.filter((name) => transactionIdSchema.safeParse(name).success).sort();
  }

  /**
   * Removes the folder where the import was interrupted before the first line of the journal was whole: nothing
   * points to it. Where anything lies that comes later, such as the contract, the journal was lost: that stays.
   * @returns whether it did
   */
  async removeIfUnbegun(id: string): Promise<boolean> {
    if (this.#made.has(id)) return false;
    const journal = await readIfPresent(this.journalPath(id));
    // Zeros are of a damaged file system, not of an interrupted line.
    if (journal?.includes(0x0a) || journal?.includes(0)) return false;
    const names = await listIfPresent(this.folder(id));
    if (names.some((name) => name !== 'journal.jsonl' && !/^\d+\.pdf$/.test(name))) return false;
    await this.remove(id);
    return true;
  }

  async writeResponse(id: string, response: unknown): Promise<void> {
    await writeFileDurably(join(this.folder(id), 'answer.json'), JSON.stringify(response));
  }

  /** The stored response to `sign`; undefined where there is none, or none that can be read: the service has it too. */
  async readResponse(id: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(join(this.folder(id), 'answer.json'), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** A response that proved wrong is not kept: the next attempt asks the service again. */
  async removeResponse(id: string): Promise<void> {
    await rm(join(this.folder(id), 'answer.json'), { force: true });
  }

  async writeContract(id: string, pdf: Uint8Array): Promise<void> {
    await writeFileDurably(this.contractPath(id), pdf);
  }

  /** Removes every document byte of an ended transaction; the journal stays as its record. */
  async purgeDocuments(id: string): Promise<void> {
    this.#made.delete(id);
    const folder = this.folder(id);
    for (const name of await readdir(folder)) {
      if (name !== 'journal.jsonl') await rm(join(folder, name), { force: true });
    }
  }

  async remove(id: string): Promise<void> {
    this.#made.delete(id);
    await rm(this.folder(id), { recursive: true, force: true });
  }
}
