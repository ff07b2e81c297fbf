import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  listIfPresent,
  readTextIfPresent,
  removePartials,
  writeFileDurably,
} from '../../base/durable-file.ts';
import { OssError, writeFailure } from '../../contract/errors.ts';
import { type CaseRecord, caseRecordSchema } from '../../contract/model/case.ts';
import { caseIdSchema } from '../../contract/model/transaction.ts';

/**
 * Where the station keeps its cases:
 *
 *     cases/<id>/case.json           the record, written whole at each change
 *                <n>.pdf             the document as it was brought
 *                <transaction>/      what a signer's transaction delivered: the next revisions
 *
 * Readable by this user only. The documents go when the case ends, the record stays as long as those of transactions.
 */
export class CaseStore {
  readonly #root: string;

  constructor(dataDirectory: string) {
    this.#root = join(dataDirectory, 'cases');
  }

  newId(): string {
    return `case_${randomBytes(12).toString('hex')}`;
  }

  /** @throws ZodError for anything that is not an id, so that no id can name another folder */
  folder(id: string): string {
    return join(this.#root, caseIdSchema.parse(id));
  }

  documentPath(id: string, document: number): string {
    return join(this.folder(id), `${document}.pdf`);
  }

  /** Where the transaction of a signer delivers. */
  revisionsOf(id: string, transaction: string): string {
    return join(this.folder(id), transaction);
  }

  async createFolder(id: string): Promise<void> {
    await mkdir(this.folder(id), { recursive: true, mode: 0o700 });
  }

  async list(): Promise<string[]> {
    const names = await listIfPresent(this.#root);
    return names.filter((name) => caseIdSchema.safeParse(name).success).sort();
  }

  /** Undefined where its creation was interrupted. @throws OssError OSS_CASE_NOT_FOUND, OSS_RECORD_DAMAGED */
  async read(id: string): Promise<CaseRecord | undefined> {
    if (!caseIdSchema.safeParse(id).success) throw new OssError('OSS_CASE_NOT_FOUND', { case: id });
    const text = await readTextIfPresent(this.#recordPath(id));
    if (text === undefined) return undefined;
    try {
      return caseRecordSchema.parse(JSON.parse(text));
    } catch {
      // Without the cause: what a parser says may quote the record.
      throw new OssError('OSS_RECORD_DAMAGED', { case: id });
    }
  }

  /** @throws OssError OSS_DISK_FULL, OSS_FILE_WRITE_FAILED; the record is then as it was */
  async write(record: CaseRecord): Promise<void> {
    const text = JSON.stringify(caseRecordSchema.parse(record));
    await writeFileDurably(this.#recordPath(record.id), `${text}\n`).catch((cause: unknown) => {
      throw writeFailure(cause, { folder: this.folder(record.id) });
    });
  }

  /** Removes every document of an ended case; the record stays. */
  async purgeDocuments(id: string): Promise<void> {
    for (const name of await listIfPresent(this.folder(id))) {
      if (name !== 'case.json') await rm(join(this.folder(id), name), { recursive: true, force: true });
    }
  }

  /** Clears up after a process that was killed while it wrote. */
  async tidy(id: string): Promise<void> {
    await removePartials(this.folder(id));
  }

  async remove(id: string): Promise<void> {
    await rm(this.folder(id), { recursive: true, force: true });
  }

  #recordPath(id: string): string {
    return join(this.folder(id), 'case.json');
  }
}
