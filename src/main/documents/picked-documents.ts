import { lstat, realpath } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { PickedDocument } from '../../contract/ipc/documents.ts';
import { MAX_DOCUMENTS } from '../../contract/model/manifest.ts';
import { inspectFile } from '../../optimizer/index.ts';
import type { DocumentGrants } from './grants.ts';

interface Picked {
  readonly path: string;
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

  remove(id: string): PickedDocument[] {
    this.#picked.delete(id);
    this.#grants.revoke(id);
    return this.list();
  }

  clear(): void {
    for (const id of [...this.#picked.keys()]) this.remove(id);
  }

  /** @throws OssError OSS_FILE_NOT_FOUND for an id that was not given out */
  pathsOf(ids: readonly string[]): string[] {
    return ids.map((id) => {
      const picked = this.#picked.get(id);
      if (!picked) throw new OssError('OSS_FILE_NOT_FOUND');
      return picked.path;
    });
  }

  async #inspect(path: string): Promise<Picked> {
    const name = basename(path);
    const file = await lstat(path).catch(() => undefined);
    const bytes = file?.size ?? 0;
    const id = this.#grants.grant({ path, bytes, ...(file && { changedAt: file.mtimeMs }) });
    try {
      if (!file?.isFile()) throw new OssError('OSS_FILE_NOT_FOUND');
      const { pages, earlierSignatures } = await inspectFile(path);
      return { path, view: { id, name, bytes, pages, earlierSignatures } };
    } catch (thrown) {
      const { code } = toOssError(thrown);
      this.#grants.revoke(id);
      return { path, view: { id, name, bytes, earlierSignatures: 0, problem: { code } } };
    }
  }
}
