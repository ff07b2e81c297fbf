import { lstat, realpath } from 'node:fs/promises';
import { basename, isAbsolute, join, parse } from 'node:path';
import { canonicalJson, type JsonObject } from '../../base/canonical-json.ts';
import { OssError } from '../../contract/errors.ts';
import type {
  DrawnPage,
  DrawnVersionsView,
  FileToVerify,
  VerificationView,
} from '../../contract/ipc/verification.ts';
import type { Language } from '../../contract/model/language.ts';
import {
  type ColourPicture,
  hashFile,
  type Optimizer,
  writeNewFile,
  writeVerificationReport,
} from '../../optimizer/index.ts';
import type { DocumentGrants } from '../documents/grants.ts';

export interface VerificationOptions {
  readonly grants: DocumentGrants;
  /** Who verifies, with the anchors of this station; and whether it is for trials. */
  connect(): Promise<{
    readonly optimizer: Pick<Optimizer, 'verify' | 'drawVersions' | 'unpack'>;
    readonly sandbox: boolean;
  }>;
  onProgress(read: number, expected: number): void;
  language(): Language;
  /** Folder with the typefaces of reports. */
  readonly fonts: string;
}

interface Opened {
  readonly path: string;
  readonly view: FileToVerify;
  result?: { readonly view: VerificationView; readonly sandbox: boolean };
}

/** Between two tellings of progress, in ms: a window need not draw more often. */
const PROGRESS_PAUSE = 100;

/** One file at a time, whose signatures somebody wants to know about. */
export class VerificationDesk {
  readonly #options: VerificationOptions;
  #opened: Opened | undefined;
  #running: AbortController | undefined;

  constructor(options: VerificationOptions) {
    this.#options = options;
  }

  /** @throws OssError OSS_FILE_NOT_FOUND */
  async open(given: string): Promise<FileToVerify> {
    const path = isAbsolute(given) ? await realpath(given).catch(() => undefined) : undefined;
    const file = path === undefined ? undefined : await lstat(path).catch(() => undefined);
    if (path === undefined || !file?.isFile()) throw new OssError('OSS_FILE_NOT_FOUND');
    this.#close();
    const id = this.#options.grants.grant({ path, bytes: file.size, changedAt: file.mtimeMs });
    this.#opened = { path, view: { id, name: basename(path), bytes: file.size } };
    return this.#opened.view;
  }

  /** @throws OssError OSS_PDF_*, OSS_CANCELLED */
  async verify(id: string, password: string | undefined): Promise<VerificationView> {
    const opened = this.#openedAs(id);
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    const { optimizer, sandbox } = await this.#options.connect();
    const report = await optimizer.verify(opened.path, {
      signal,
      onBytes: this.#progress(),
      ...(password === undefined ? {} : { password }),
    });
    const sha256 = await hashFile(opened.path, { signal });
    const view = {
      checkedAt: new Date().toISOString(),
      sha256,
      report: { ...report, file: opened.view.name },
    };
    opened.result = { view, sandbox };
    return view;
  }

  /**
   * Both versions of a page. A file that needs a password is not drawn again: the password was not kept.
   * @throws OssError OSS_TRANSACTION_STATE before verification, OSS_NOT_FOUND for another field
   */
  async drawVersions(id: string, field: string, page: number): Promise<DrawnVersionsView> {
    const { path } = this.#openedAs(id);
    const { signatures } = this.#resultOf(id).view.report;
    const signature = signatures.find((one) => one.field === field);
    if (!signature) throw new OssError('OSS_NOT_FOUND');
    const { optimizer } = await this.#options.connect();
    const drawn = await optimizer.drawVersions({ path, revisionEnd: signature.coverage.bytes, page });
    return { signed: forCanvas(drawn.signed), now: forCanvas(drawn.now) };
  }

  cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** The report as PDF and as JSON. @returns the paths @throws OssError OSS_TRANSACTION_STATE before verification */
  async saveReport(id: string, folder: string): Promise<string[]> {
    const { view } = this.#resultOf(id);
    const base = join(folder, `${parse(view.report.file).name}-verification`);
    const json = Buffer.from(`${canonicalJson(view as unknown as JsonObject)}\n`);
    return [await writeNewFile(base, '.pdf', await this.report(id)), await writeNewFile(base, '.json', json)];
  }

  /** What a container holds. @returns the paths @throws OssError OSS_TRANSACTION_STATE before verification, OSS_FILE_* */
  async saveInside(id: string, folder: string): Promise<string[]> {
    const { path } = this.#openedAs(id);
    this.#resultOf(id);
    const { optimizer } = await this.#options.connect();
    return [...(await optimizer.unpack(path, folder))];
  }

  async report(id: string): Promise<Uint8Array> {
    const { view, sandbox } = this.#resultOf(id);
    const { checkedAt, sha256, report } = view;
    const file = { name: report.file, sha256, checkedAt, report, sandbox };
    return writeVerificationReport(file, this.#options.language(), this.#options.fonts);
  }

  #openedAs(id: string): Opened {
    if (this.#opened?.view.id !== id) throw new OssError('OSS_FILE_NOT_FOUND');
    return this.#opened;
  }

  #resultOf(id: string): NonNullable<Opened['result']> {
    const { result } = this.#openedAs(id);
    if (!result) throw new OssError('OSS_TRANSACTION_STATE', { reason: 'not verified yet' });
    return result;
  }

  #close(): void {
    this.cancel();
    this.#opened = undefined;
  }

  #progress(): (read: number, expected: number) => void {
    let last = 0;
    return (read, expected) => {
      const now = Date.now();
      if (now - last < PROGRESS_PAUSE) return;
      last = now;
      this.#options.onProgress(read, expected);
    };
  }
}

/** As a canvas takes it: opaque, in the other order of colours. */
function forCanvas(picture: ColourPicture | undefined): DrawnPage | null {
  if (!picture) return null;
  const { width, height, bgra } = picture;
  const rgba = Buffer.alloc(bgra.length, 255);
  for (let at = 0; at < bgra.length; at += 4) {
    rgba[at] = bgra[at + 2] ?? 255;
    rgba[at + 1] = bgra[at + 1] ?? 255;
    rgba[at + 2] = bgra[at] ?? 255;
  }
  return { width, height, rgba: rgba.toString('base64') };
}
