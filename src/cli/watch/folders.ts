import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import { decodeJsonText, JsonFault, parseJsonText } from '../../contract/json-text.ts';
import { isPlainFileName } from '../../contract/model/file-name.ts';
import { type FileOrder, fileOrderSchema } from '../../contract/model/file-order.ts';
import { folderFailure } from '../../optimizer/index.ts';
import { readRegularFile } from './arrival.ts';
import { namedFile } from './named-file.ts';

export const ORDER = /\.json$/i;
const FOLDERS = ['in', 'work', 'done', 'failed'] as const;
/** Pictures of visible signatures are in the order. */
const MAX_ORDER_BYTES = 64 * 1024 * 1024;
const MAX_CODE_BYTES = 1024;
/** What is written beside the documents of an order. */
const NOTES = [
  ...['signed', 'unsealed', 'transaction.txt', 'seal.txt'],
  ...['documents.json', 'waiting.json', 'changed.json'],
];
const RESERVED = [...NOTES, 'verification.json', 'evidence.json', 'error.json'];

export type Note =
  | 'attempts.txt'
  | 'transaction.txt'
  | 'seal.txt'
  | 'documents.json'
  | 'waiting.json'
  | 'changed.json'
  | `${'verification' | 'evidence' | 'error'}.json`;

/** The name of an order, by its file; undefined where no folder could have it. */
export function orderName(file: string): string | undefined {
  const name = file.replace(ORDER, '');
  return isPlainFileName(name) && !isReserved(file) ? name : undefined;
}

const isReserved = (file: string): boolean => RESERVED.includes(file.toLowerCase());

/**
 * The four folders of a watched folder:
 *
 *     in/      <name>.json, its documents, later perhaps <name>.code
 *     work/    <name>/ while it is being signed, or waits for its code
 *     done/    <name>/ signed documents, evidence.json (as `oneshot evidence export` writes it), and what came in
 *     failed/  <name>/ error.json and what came in
 *
 * Everything that is written keeps the umask: another application reads it.
 */
export class WatchedFolders {
  readonly in: string;
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    this.in = join(root, 'in');
  }

  /** @throws OssError OSS_FOLDER_UNUSABLE naming path and reason */
  async prepare(): Promise<void> {
    for (const name of FOLDERS) {
      const folder = join(this.#root, name);
      await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
        throw folderFailure(folder, cause);
      });
    }
  }

  /**
   * Makes again what somebody removed. Where nothing is left the share is away, and its mount point stays empty.
   * @throws OssError OSS_FOLDER_UNUSABLE while it is away
   */
  async restore(): Promise<void> {
    const present: string[] = [];
    for (const name of FOLDERS) if (await isFolder(join(this.#root, name))) present.push(name);
    if (present.length === FOLDERS.length) return;
    if (present.length === 0) throw folderFailure(this.#root, new Error('none of its folders is there'));
    await this.prepare();
  }

  workOf(name: string): string {
    return join(this.#root, 'work', name);
  }

  /** Names in `in`, as they stand there. */
  arrived(): Promise<string[]> {
    return readdir(this.in);
  }

  /** Names in `work/<name>`; none where there is no such folder. */
  async inWork(name: string): Promise<string[]> {
    return readdir(this.workOf(name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }

  /** Orders that were begun and have not ended; one that is still being moved here is not among them. */
  async begun(): Promise<string[]> {
    const names: string[] = [];
    for (const entry of await readdir(join(this.#root, 'work'), { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      if (namedFile(await this.inWork(entry.name), `${entry.name}.json`) !== undefined)
        names.push(entry.name);
    }
    return names.sort();
  }

  /** Moves the documents of an order to `work`, then the order: after a crash it is found in `in` again. */
  async take(name: string, orderFile: string, documents: readonly string[]): Promise<void> {
    const folder = this.workOf(name);
    await mkdir(folder, { recursive: true });
    for (const file of [...documents, orderFile]) await rename(join(this.in, file), join(folder, file));
  }

  /** @throws OssError OSS_REQUEST_INVALID naming what is wrong in the order and where */
  async order(name: string): Promise<FileOrder> {
    const file = namedFile(await this.inWork(name), `${name}.json`) ?? `${name}.json`;
    return readOrder(join(this.workOf(name), file));
  }

  /**
   * The files of `work` that the order names, in its order.
   * @throws OssError OSS_FILE_NOT_FOUND
   */
  async documents(name: string, order: FileOrder): Promise<string[]> {
    const files = await this.inWork(name);
    return documentsOf(order, name).map((document) => {
      const file = namedFile(files, document);
      if (file === undefined) throw new OssError('OSS_FILE_NOT_FOUND', { file: document });
      return file;
    });
  }

  /** Text of the file that came with the code, which is removed at once. */
  async takeCode(file: string): Promise<string> {
    const path = join(this.in, file);
    const bytes = await readRegularFile(path, MAX_CODE_BYTES);
    await rm(path, { force: true });
    return decodeJsonText(bytes).trim();
  }

  async readNote(name: string, note: Note): Promise<string | undefined> {
    const text = await readFile(join(this.workOf(name), note), 'utf8').catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      },
    );
    return text === '' ? undefined : text;
  }

  async removeNote(name: string, note: Note): Promise<void> {
    await rm(join(this.workOf(name), note), { force: true });
  }

  /** Whole or not at all, also where the disk is full. */
  async writeNote(name: string, note: Note, content: string): Promise<void> {
    const path = join(this.workOf(name), note);
    const partial = `${path}.partial`;
    const file = await open(partial, 'w');
    try {
      await file.writeFile(content);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  }

  /** What is beside the signed documents is what was signed; anything else says so by its name. */
  async setAside(name: string, file: string): Promise<string> {
    const changed = `${file}.changed`;
    await rename(join(this.workOf(name), file), join(this.workOf(name), changed));
    return changed;
  }

  /** The last step, in one piece; a name that was used before gets a number. */
  async end(name: string, outcome: 'done' | 'failed'): Promise<string> {
    await mkdir(join(this.#root, outcome), { recursive: true });
    for (let n = 1; ; n++) {
      const target = join(this.#root, outcome, n === 1 ? name : `${name}-${n}`);
      if (await exists(target)) continue;
      await rename(this.workOf(name), target);
      return target;
    }
  }
}

/** @throws OssError OSS_REQUEST_INVALID with line and column, or with the fields that are wrong */
export async function readOrder(path: string): Promise<FileOrder> {
  const parsed = fileOrderSchema.safeParse(await readJson(path));
  const fields = parsed.success
    ? (parsed.data.documents ?? []).filter(isReserved).map((name) => `documents: ${name} is a reserved name`)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (parsed.success && fields.length === 0) return parsed.data;
  throw new OssError('OSS_REQUEST_INVALID', { reason: fields.join('; '), fields });
}

async function readJson(path: string): Promise<unknown> {
  try {
    return parseJsonText(await readRegularFile(path, MAX_ORDER_BYTES));
  } catch (cause) {
    if (!(cause instanceof JsonFault || cause instanceof RangeError)) throw cause;
    const reason = `${basename(path)} is not JSON: ${cause.message}`;
    throw new OssError('OSS_REQUEST_INVALID', { reason }, { cause });
  }
}

export const documentsOf = (order: FileOrder, name: string): readonly string[] =>
  order.documents ?? [`${name}.pdf`];

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
