import { randomBytes } from 'node:crypto';

/** A file that a window may read, up to `bytes`: what follows (a prepared signature) is not for the eye. */
export interface GrantedFile {
  readonly path: string;
  readonly bytes: number;
  /**
   * For a file outside the vault: when it was last changed, in ms. Once it changes it is not served any more.
   */
  readonly changedAt?: number;
}

/**
 * The documents that one window may load, under names that mean nothing elsewhere: 128 random bits, no
 * path. Each window has its own table, made with it and gone with it.
 */
export class DocumentGrants {
  readonly #files = new Map<string, GrantedFile>();

  /** The same file has the same name as long as it has not changed. */
  grant(file: GrantedFile): string {
    for (const [id, known] of this.#files) {
      if (known.path === file.path && known.bytes === file.bytes && known.changedAt === file.changedAt)
        return id;
    }
    const id = `doc_${randomBytes(16).toString('hex')}`;
    this.#files.set(id, file);
    return id;
  }

  file(id: string): GrantedFile | undefined {
    return this.#files.get(id);
  }

  revoke(id: string): void {
    this.#files.delete(id);
  }

  revokeAll(): void {
    this.#files.clear();
  }
}
