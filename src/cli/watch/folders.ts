import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import { type FileOrder, fileOrderSchema } from '../../contract/model/file-order.ts';

const ORDER = '.json';

/**
 * The four folders of a watched folder:
 *
 *     in/      <name>.json, its documents, later perhaps <name>.code
 *     work/    <name>/ while it is being signed, or waits for its code
 *     done/    <name>/ signed documents, evidence.json, and what came in
 *     failed/  <name>/ error.json and what came in
 */
export class WatchedFolders {
  readonly in: string;
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    this.in = join(root, 'in');
  }

  async prepare(): Promise<void> {
    for (const name of ['in', 'work', 'done', 'failed'])
      await mkdir(join(this.#root, name), { recursive: true });
  }

  workOf(name: string): string {
    return join(this.#root, 'work', name);
  }

  /** Names of orders whose documents are all there. */
  async arrived(): Promise<string[]> {
    const files = new Set(await readdir(this.in));
    const names = [...files].filter((file) => file.endsWith(ORDER)).map((file) => basename(file, ORDER));
    const complete = await Promise.all(
      names.map(async (name) => {
        const order = await this.#orderIn(this.in, name).catch(() => undefined);
        // One that cannot be read is taken too, so that somebody is told.
        return order === undefined || documentsOf(order, name).every((document) => files.has(document));
      }),
    );
    return names.filter((_, index) => complete[index]).sort();
  }

  /** Orders that were begun and have not ended. */
  async begun(): Promise<string[]> {
    return (await readdir(join(this.#root, 'work'))).sort();
  }

  /** Moves an order and its documents to `work`; the order last, so that after a crash it is found in `in` again. */
  async take(name: string): Promise<void> {
    const folder = this.workOf(name);
    await mkdir(folder, { recursive: true });
    const order = await this.#orderIn(this.in, name).catch(() => undefined);
    const present = new Set(await readdir(this.in));
    // Of an order that cannot be read, the document of its name goes with it.
    const documents = order ? documentsOf(order, name) : [`${name}.pdf`];
    for (const document of documents.filter((file) => present.has(file))) {
      await rename(join(this.in, document), join(folder, document));
    }
    await rename(join(this.in, `${name}${ORDER}`), join(folder, `${name}${ORDER}`));
  }

  /** @throws OssError OSS_REQUEST_INVALID naming what is wrong in the order */
  order(name: string): Promise<FileOrder> {
    return this.#orderIn(this.workOf(name), name);
  }

  /** Digits of the file that came with the code, if it came; it is removed at once. */
  async takeCode(name: string): Promise<string | undefined> {
    const path = join(this.in, `${name}.code`);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) await rm(path, { force: true });
    return text?.trim();
  }

  async readNote(name: string, note: string): Promise<string | undefined> {
    return readFile(join(this.workOf(name), note), 'utf8').catch(() => undefined);
  }

  async removeNote(name: string, note: string): Promise<void> {
    await rm(join(this.workOf(name), note), { force: true });
  }

  async writeNote(name: string, note: string, content: string): Promise<void> {
    const file = await open(join(this.workOf(name), note), 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  /** The last step, in one piece; a name that was used before gets a number. */
  async end(name: string, outcome: 'done' | 'failed'): Promise<string> {
    for (let n = 1; ; n++) {
      const target = join(this.#root, outcome, n === 1 ? name : `${name}-${n}`);
      if (await exists(target)) continue;
      await rename(this.workOf(name), target);
      return target;
    }
  }

  async #orderIn(folder: string, name: string): Promise<FileOrder> {
    const text = await readFile(join(folder, `${name}${ORDER}`), 'utf8');
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw new OssError('OSS_REQUEST_INVALID', { reason: `${name}${ORDER} is not JSON` }, { cause });
    }
    const parsed = fileOrderSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new OssError('OSS_REQUEST_INVALID', { reason: fields.join('; '), fields });
  }
}

export const documentsOf = (order: FileOrder, name: string): readonly string[] =>
  order.documents ?? [`${name}.pdf`];

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
