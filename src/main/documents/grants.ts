import { randomBytes } from 'node:crypto';

/** A file that a window may read, up to `bytes`: what follows (a prepared signature) is not for the eye. */
export interface GrantedFile {
  readonly path: string;
  readonly bytes: number;
  /** When the file was last changed, in ms; a file that changed since is not served any more. */
  readonly changedAt: number;
}

/**
 * The documents that one window may load, under names that mean nothing elsewhere: 128 random bits, no
 * path. Each window has its own table, made with it and gone with it.
 */
export class DocumentGrants {
  readonly #files = new Map<string, GrantedFile>();

  grant(file: GrantedFile): string {
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
