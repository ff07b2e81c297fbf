import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { PickedDocument } from '../../contract/ipc/documents.ts';
import type { SignableInspection } from '../../contract/model/file-inspection.ts';
import { MAX_DOCUMENTS } from '../../contract/model/manifest.ts';
import { type DocumentWork, type SignableFacts, workInPlace } from '../../optimizer/index.ts';
import type { DocumentGrants } from './grants.ts';

export interface Picked {
  readonly path: string;
  /** In memory only. */
  readonly password?: string;
  readonly view: PickedDocument;
}

/** With notes once the contents were looked through. */
type Found = SignableFacts & Partial<Pick<SignableInspection, 'verdict' | 'notes'>>;

/** The files that the clerk is about to put into a transaction. The window knows them by opaque ids only. */
export class PickedDocuments {
  readonly #grants: DocumentGrants;
  readonly #work: DocumentWork;
  readonly #picked = new Map<string, Picked>();

  constructor(grants: DocumentGrants, work: DocumentWork = workInPlace) {
    this.#grants = grants;
    this.#work = work;
  }

  /**
   * Adds what is not there yet, after no more than a glance: its pages can be looked at while its contents are not
   * yet examined. A file that cannot be signed is listed with its problem.
   */
  async add(paths: readonly string[]): Promise<PickedDocument[]> {
    for (const given of paths.slice(0, MAX_DOCUMENTS - this.#picked.size)) {
      const path = isAbsolute(given) ? await realpath(given).catch(() => given) : undefined;
      if (path === undefined) continue;
      const twin = await this.#twinOf(path);
      if (twin) {
        this.#leaveOut(twin, basename(path));
        continue;
      }
      const picked = await this.#look(path);
      this.#picked.set(picked.view.id, picked);
    }
    return this.list();
  }

  /** The same file, or one of the same content: no transaction takes it twice. */
  async #twinOf(path: string): Promise<Picked | undefined> {
    const known = [...this.#picked.values()];
    const same = known.find((other) => other.path === path);
    if (same) return same;
    const bytes = (await lstat(path).catch(() => undefined))?.size;
    const candidates = known.filter(({ view }) => view.bytes === bytes && !view.problem);
    if (candidates.length === 0) return undefined;
    const hash = await hashOf(path);
    for (const candidate of candidates) {
      if (hash !== undefined && (await hashOf(candidate.path)) === hash) return candidate;
    }
    return undefined;
  }

  #leaveOut({ path, view, ...access }: Picked, name: string): void {
    const sameAs = [...new Set([...view.sameAs, name])];
    this.#picked.set(view.id, { path, view: { ...view, sameAs }, ...access });
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
    return this.#replace(id, await this.#look(path, password));
  }

  /** Looks through the contents of a document: what to know about it before it is signed. */
  async examine(id: string): Promise<PickedDocument[]> {
    const picked = this.#picked.get(id);
    if (!picked || picked.view.problem) return this.list();
    return this.#replace(id, await this.#look(picked.path, picked.password, 'inspect'));
  }

  /** What was removed meanwhile does not come back. */
  #replace(id: string, by: Picked): PickedDocument[] {
    if (!this.#picked.has(id)) this.#grants.revoke(by.view.id);
    const all = [...this.#picked].map(([known, picked]) => (known === id ? by : picked));
    this.#picked.clear();
    for (const picked of all) this.#picked.set(picked.view.id, picked);
    return this.list();
  }

  async #look(path: string, password?: string, how: 'glance' | 'inspect' = 'glance'): Promise<Picked> {
    const name = basename(path);
    const file = await lstat(path).catch(() => undefined);
    const bytes = file?.size ?? 0;
    const access = password === undefined ? {} : { password };
    const id = this.#grants.grant({ path, bytes, ...(file && { changedAt: file.mtimeMs }), ...access });
    try {
      if (!file?.isFile()) throw new OssError('OSS_FILE_NOT_FOUND');
      const { notes, ...facts }: Found = await this.#work.run(how, { path, ...access });
      const known = { notes: notes ?? [], examined: notes !== undefined };
      const view = {
        ...viewOf(facts),
        id,
        name,
        bytes,
        ...known,
        sameAs: this.#picked.get(id)?.view.sameAs ?? [],
      };
      return { path, view, ...access };
    } catch (thrown) {
      const { code } = toOssError(thrown);
      this.#grants.revoke(id);
      const wrongPassword = password !== undefined && code === 'OSS_PDF_PASSWORD_NEEDED';
      const problem = { code, ...(wrongPassword && { wrongPassword }) };
      const nothing = {
        earlierSignatures: 0,
        notes: [],
        examined: true,
        certified: false,
        fields: [],
        sameAs: [],
      };
      return { path, view: { id, name, bytes, ...nothing, problem }, ...access };
    }
  }
}

/** Undefined for a file that cannot be read. */
async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

const viewOf = ({ pages, earlierSignatures, certified, fields, form, lastPage }: SignableFacts) => ({
  pages,
  earlierSignatures,
  certified,
  fields,
  form,
  lastPage,
});
