import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ifPresent, removePartials, renameDurably, writeFileDurably } from '../../base/durable-file.ts';
import { writeFailure } from '../../contract/errors.ts';

/** The space that is reserved for a signature at the most usual level. */
const ROOM_BYTES = 256 * 1024;

/**
 * Files that came in through the API, readable by this user only:
 *
 *     api/incoming/             uploads under way; emptied at start
 *     api/images/<uid>.png
 *     api/requests/<pk>/        <uid>.pdf or .json as uploaded
 *                     identity/ service contract, pictures of the id document, evidence of a video identification
 *                     signed/   what was delivered
 *                     sealed/   the same with the seal of an organisation over it
 */
export class ApiFiles {
  readonly #root: string;

  constructor(dataDirectory: string) {
    this.#root = join(dataDirectory, 'api');
  }

  get databasePath(): string {
    return join(this.#root, 'records.db');
  }

  get incoming(): string {
    return join(this.#root, 'incoming');
  }

  get secrets(): string {
    return join(this.#root, 'secrets');
  }

  async prepare(): Promise<void> {
    await mkdir(this.incoming, { recursive: true, mode: 0o700 });
    await mkdir(join(this.#root, 'images'), { recursive: true, mode: 0o700 });
  }

  /** Drops uploads that a killed process never finished: none was acknowledged. Only for who owns the directory. */
  async dropUnfinished(): Promise<void> {
    for (const name of await readdir(this.incoming)) {
      await rm(join(this.incoming, name), { force: true });
    }
  }

  /** Writes as much as one signature leaves, and removes it. @throws OssError OSS_DISK_FULL, OSS_FILE_WRITE_FAILED */
  async assertRoom(): Promise<void> {
    const probe = join(this.incoming, `ready-${randomUUID()}`);
    try {
      await writeFile(probe, randomBytes(ROOM_BYTES), { mode: 0o600, flag: 'wx' });
    } catch (cause) {
      throw writeFailure(cause);
    } finally {
      await rm(probe, { force: true });
    }
  }

  imagePath(uid: string): string {
    return join(this.#root, 'images', `${uid}.png`);
  }

  documentPath(pk: number, uid: string, ext: string): string {
    return join(this.#requestFolder(pk), `${uid}${ext}`);
  }

  signedFolder(pk: number): string {
    return join(this.#requestFolder(pk), 'signed');
  }

  /** What was delivered with a seal over it. */
  sealedFolder(pk: number): string {
    return join(this.#requestFolder(pk), 'sealed');
  }

  contractPath(pk: number): string {
    return join(this.#requestFolder(pk), 'identity', 'contract.pdf');
  }

  async writeContract(pk: number, pdf: Uint8Array): Promise<void> {
    await writeFileDurably(this.contractPath(pk), pdf);
  }

  videoPath(pk: number): string {
    return join(this.#requestFolder(pk), 'identity', 'video.mp4');
  }

  async createRequestFolder(pk: number): Promise<void> {
    await mkdir(join(this.#requestFolder(pk), 'identity'), { recursive: true, mode: 0o700 });
    await mkdir(this.signedFolder(pk), { recursive: true, mode: 0o700 });
    await mkdir(this.sealedFolder(pk), { recursive: true, mode: 0o700 });
  }

  async removeRequestFolder(pk: number): Promise<void> {
    await rm(this.#requestFolder(pk), { recursive: true, force: true });
  }

  /** Files of a request other than the `known` ones; what was half written is removed. */
  async strangersOf(pk: number, known: ReadonlySet<string>): Promise<string[]> {
    const folder = this.#requestFolder(pk);
    const entries = await ifPresent(readdir(folder, { withFileTypes: true }), []);
    await removePartials(join(folder, 'identity'));
    const strangers = entries.filter((entry) => entry.isFile() && !known.has(entry.name));
    return strangers.map(({ name }) => join(folder, name));
  }

  /** Gives a flushed upload its place. */
  async keep(uploadPath: string, finalPath: string): Promise<void> {
    await renameDurably(uploadPath, finalPath);
  }

  async keepIdentityImage(pk: number, name: string, uploadPath: string): Promise<void> {
    await renameDurably(uploadPath, join(this.#requestFolder(pk), 'identity', name));
  }

  async writeEvidences(pk: number, evidences: unknown): Promise<void> {
    const path = join(this.#requestFolder(pk), 'identity', 'evidences.json');
    await writeFileDurably(path, JSON.stringify(evidences));
  }

  #requestFolder(pk: number): string {
    return join(this.#root, 'requests', String(pk));
  }
}
