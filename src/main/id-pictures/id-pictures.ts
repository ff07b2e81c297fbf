import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileDurably } from '../../base/durable-file.ts';
import { type SealedBox, sealedBox } from '../../base/sealed-box.ts';
import { OssError } from '../../contract/errors.ts';
import { ID_PICTURE_SIDES, type IdPictureSide } from '../../contract/model/id-picture.ts';

export interface IdPicturesOptions {
  /** A folder of their own. */
  readonly folder: string;
  /** Undefined while no secret store is open: then a key of this run is used, and what it sealed ends with it. */
  key(): Promise<Uint8Array | undefined>;
  /** The retention rule for people who are not registered: days. */
  days(): number;
  now(): Date;
}

const DAY = 86_400_000;
const KEY_BYTES = 32;

/**
 * Pictures of the identification until the person is registered: sealed on the disk, never in the clear, deleted when
 * the registration authority has them, the draft is discarded, or the retention rule says so.
 */
export class IdPictures {
  readonly #options: IdPicturesOptions;
  readonly #ofThisRun = randomBytes(KEY_BYTES);

  constructor(options: IdPicturesOptions) {
    this.#options = options;
  }

  /** In the order in which they are asked for. */
  async sides(draft: string): Promise<IdPictureSide[]> {
    const names = await readdir(this.#options.folder).catch((): string[] => []);
    return ID_PICTURE_SIDES.filter((side) => names.includes(nameOf(draft, side)));
  }

  async add(draft: string, side: IdPictureSide, picture: Uint8Array): Promise<void> {
    const { folder } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const sealed = (await this.#box()).seal(picture, nameOf(draft, side));
    await writeFileDurably(join(folder, nameOf(draft, side)), sealed);
  }

  /** @throws OssError OSS_FILE_NOT_FOUND for one that is not there, or was sealed by a run that has ended */
  async read(draft: string, side: IdPictureSide): Promise<Uint8Array> {
    const name = nameOf(draft, side);
    const sealed = await readFile(join(this.#options.folder, name)).catch((cause: unknown) => {
      throw new OssError('OSS_FILE_NOT_FOUND', {}, { cause });
    });
    try {
      return (await this.#box()).open(sealed, name);
    } catch (cause) {
      await this.remove(draft, side);
      throw new OssError('OSS_FILE_NOT_FOUND', {}, { cause });
    }
  }

  async remove(draft: string, side: IdPictureSide): Promise<void> {
    await rm(join(this.#options.folder, nameOf(draft, side)), { force: true });
  }

  async removeAll(draft: string): Promise<void> {
    for (const side of ID_PICTURE_SIDES) await this.remove(draft, side);
  }

  /** Deletes what the rule does not allow any more. */
  async purge(): Promise<void> {
    const { folder, days, now } = this.#options;
    const oldest = now().getTime() - Math.max(1, days()) * DAY;
    for (const name of await readdir(folder).catch((): string[] => [])) {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
      if (mtimeMs < oldest) await rm(path, { force: true });
    }
  }

  async #box(): Promise<SealedBox> {
    const key = (await this.#options.key()) ?? this.#ofThisRun;
    return sealedBox(Buffer.from(hkdfSync('sha256', key, '', 'id pictures', KEY_BYTES)));
  }
}

const nameOf = (draft: string, side: IdPictureSide): string => `${draft}-${side}.sealed`;
