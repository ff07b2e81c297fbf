import { lstat, realpath } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { PickedDocument } from '../../contract/ipc/documents.ts';
import { MAX_DOCUMENTS } from '../../contract/model/manifest.ts';
import { inspectFile } from '../../optimizer/index.ts';
import type { DocumentGrants } from './grants.ts';

export interface Picked {
  readonly path: string;
  /** In memory only. */
  readonly password?: string;
  readonly view: PickedDocument;
}

/** The files that the clerk is about to put into a transaction. The window knows them by opaque ids only. */
export class PickedDocuments {
  readonly #grants: DocumentGrants;
  readonly #picked = new Map<string, Picked>();

  constructor(grants: DocumentGrants) {
    this.#grants = grants;
  }

  /** Adds what is not there yet; a file that cannot be signed is listed with its problem. */
  async add(paths: readonly string[]): Promise<PickedDocument[]> {
    for (const given of paths.slice(0, MAX_DOCUMENTS - this.#picked.size)) {
      const path = isAbsolute(given) ? await realpath(given).catch(() => given) : undefined;
      if (path === undefined || [...this.#picked.values()].some((other) => other.path === path)) continue;
      const picked = await this.#inspect(path);
      this.#picked.set(picked.view.id, picked);
    }
    return this.list();
  }

  list(): PickedDocument[] {
    return [...this.#picked.values()].map(({ view }) => view);
  }

  /** What is not named keeps its order, at the end. */
  reorder(ids: readonly string[]): PickedDocument[] {
    const named = ids.flatMap((id) => this.#picked.get(id) ?? []);
    const others = [...this.#picked.values()].filter((picked) => !named.includes(picked));
    this.#picked.clear();
    for (const picked of [...named, ...others]) this.#picked.set(picked.view.id, picked);
    return this.list();
  }

  remove(id: string): PickedDocument[] {
    this.#picked.delete(id);
    this.#grants.revoke(id);
    return this.list();
  }

  clear(): void {
    for (const id of [...this.#picked.keys()]) this.remove(id);
  }

  /** @throws OssError OSS_FILE_NOT_FOUND for an id that was not given out */
  find(id: string): Picked {
    const picked = this.#picked.get(id);
    if (!picked) throw new OssError('OSS_FILE_NOT_FOUND');
    return picked;
  }

  /** Tries a password; where it does not open the document, that is its problem. @throws OssError OSS_FILE_NOT_FOUND */
  async unlock(id: string, password: string): Promise<PickedDocument[]> {
    const { path } = this.find(id);
    const unlocked = await this.#inspect(path, password);
    const all = [...this.#picked].map(([known, picked]) => (known === id ? unlocked : picked));
    this.#picked.clear();
    for (const picked of all) this.#picked.set(picked.view.id, picked);
    return this.list();
  }

  async #inspect(path: string, password?: string): Promise<Picked> {
    const name = basename(path);
    const file = await lstat(path).catch(() => undefined);
    const bytes = file?.size ?? 0;
    const access = password === undefined ? {} : { password };
    const id = this.#grants.grant({ path, bytes, ...(file && { changedAt: file.mtimeMs }), ...access });
    try {
      if (!file?.isFile()) throw new OssError('OSS_FILE_NOT_FOUND');
      const { verdict: _, file: __, ...facts } = await inspectFile(path, access);
      const view = { ...facts, id, name, bytes };
      return { path, view, ...access };
    } catch (thrown) {
      const { code } = toOssError(thrown);
      this.#grants.revoke(id);
      const wrongPassword = password !== undefined && code === 'OSS_PDF_PASSWORD_NEEDED';
      const problem = { code, ...(wrongPassword && { wrongPassword }) };
      const nothing = { earlierSignatures: 0, notes: [], certified: false, fields: [] };
      return { path, view: { id, name, bytes, ...nothing, problem }, ...access };
    }
  }
}
