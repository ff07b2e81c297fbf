import { join } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import { JsonFault } from '../../contract/json-text.ts';
import { type Arrived, lookAtFile } from './arrival.ts';
import { documentsOf, ORDER, orderName, readOrder, type WatchedFolders } from './folders.ts';
import { namedFile } from './named-file.ts';
import { filesBeingWritten } from './open-writers.ts';
import type { Settling } from './settling.ts';

/** A file that stays in `in`, and why. */
export interface Held {
  readonly file: string;
  readonly reason: string;
  /** It may be there in a moment: what ends after one look waits for it. */
  readonly isArriving: boolean;
}

export interface ReadyOrder {
  readonly name: string;
  readonly file: string;
  /** Files in `in` that go with it; those of `work` were moved before a crash. */
  readonly documents: readonly string[];
}

export interface Look {
  readonly ready: readonly ReadyOrder[];
  readonly held: readonly Held[];
  /** Files with a code, by the name of their order in lower case. */
  readonly codes: ReadonlyMap<string, string>;
  /** Orders, in lower case, whose code is still being written. */
  readonly codesArriving: ReadonlySet<string>;
}

export interface Patience {
  /** Milliseconds for which a file must not have changed. */
  readonly settleMs: number;
  /** The same for one that looks as if its end were missing. */
  readonly partialMs: number;
}

/** Why a file is left for now. */
class NotYet extends Error {
  readonly isArriving: boolean;

  constructor(reason: string, isArriving = false) {
    super(reason);
    this.isArriving = isArriving;
  }
}

/** Finds in `in` what has arrived as a whole: an order, and every document that it names. */
export class Inbox {
  readonly #folders: WatchedFolders;
  readonly #settling: Settling;
  readonly #patience: Patience;

  constructor(folders: WatchedFolders, settling: Settling, patience: Patience) {
    this.#folders = folders;
    this.#settling = settling;
    this.#patience = patience;
  }

  /** @throws what the folder throws while it is away */
  async look(): Promise<Look> {
    const files = (await this.#folders.arrived()).filter((file) => !file.startsWith('.') || ORDER.test(file));
    const begun = new Set((await this.#folders.begun()).map(lower));
    const found = { ready: [] as ReadyOrder[], held: [] as Held[], codes: new Map<string, string>() };
    const codesArriving = new Set<string>();
    const used = new Set<string>();
    const claimed = new Set<string>();
    for (const file of files.filter((name) => ORDER.test(name)).sort()) {
      used.add(file);
      await held(found.held, file, async () => {
        const ready = await this.#order(file, files, begun, used);
        const twice = ready.documents.find((document) => claimed.has(document));
        if (twice !== undefined) throw new NotYet(`${twice} belongs to another order`);
        for (const document of ready.documents) claimed.add(document);
        begun.add(lower(ready.name));
        found.ready.push(ready);
      });
    }
    for (const file of files.filter((name) => /\.code$/i.test(name))) {
      const order = lower(file.replace(/\.code$/i, ''));
      if (!begun.has(order)) continue;
      used.add(file);
      codesArriving.add(order);
      await held(found.held, file, async () => {
        await this.#settled(file, await this.#open(file), new Set());
        found.codes.set(order, file);
        codesArriving.delete(order);
      });
    }
    for (const file of files.filter((name) => /\.(pdf|code)$/i.test(name) && !used.has(name)))
      found.held.push({ file, reason: 'no order names it', isArriving: false });
    this.#settling.endLook();
    return { ...found, codesArriving };
  }

  async #order(
    file: string,
    files: readonly string[],
    begun: ReadonlySet<string>,
    used: Set<string>,
  ): Promise<ReadyOrder> {
    const name = orderName(file);
    if (name === undefined) throw new NotYet('no order can have this name');
    const arrived = await this.#open(file);
    const moved = await this.#folders.inWork(name);
    const documents = await this.#documents(name, file, arrived, { files, moved, used });
    if (begun.has(lower(name))) throw new NotYet('an order of the same name has not ended yet');
    const written = await filesBeingWritten();
    await this.#settled(file, arrived, written);
    for (const document of documents) await this.#settled(document, await this.#open(document), written);
    return { name, file, documents };
  }

  /** Of an order that cannot be read, the document of its name goes with it, so that somebody is told. */
  async #documents(
    name: string,
    file: string,
    arrived: Arrived,
    { files, moved, used }: { files: readonly string[]; moved: readonly string[]; used: Set<string> },
  ): Promise<string[]> {
    let wanted: readonly string[];
    let isReadable = true;
    try {
      wanted = documentsOf(await readOrder(join(this.#folders.in, file)), name);
    } catch (thrown) {
      if (isCutOff(thrown) && !this.#isOld(file, arrived)) throw new NotYet('it is not complete yet');
      wanted = [`${name}.pdf`];
      isReadable = false;
    }
    const documents: string[] = [];
    const missing: string[] = [];
    for (const document of wanted) {
      const found = namedFile(files, document);
      if (found !== undefined) {
        used.add(found);
        documents.push(found);
      } else if (isReadable && namedFile(moved, document) === undefined) missing.push(document);
    }
    if (missing.length > 0) throw new NotYet(`waits for ${missing.join(', ')}`);
    return [...new Set(documents)];
  }

  async #open(file: string): Promise<Arrived> {
    try {
      return await lookAtFile(join(this.#folders.in, file));
    } catch (thrown) {
      if (!(thrown instanceof OssError)) throw thrown;
      throw new NotYet(`${file}: ${thrown.message}`);
    }
  }

  async #settled(file: string, { status, isPartial }: Arrived, written: ReadonlySet<string>): Promise<void> {
    const unchanged = this.#settling.observe(file, status);
    // The holder of the other name can go on writing, or has given away what only this program may read.
    if (status.nlink > 1n) throw new NotYet(`${file} has more than one name (hard link)`);
    if (unchanged < this.#patience.settleMs) throw new NotYet(`${file} is still arriving`, true);
    if (written.has(`${status.dev} ${status.ino}`))
      throw new NotYet(`${file} is still open in another program`, true);
    if (isPartial && !this.#isOld(file, { status, isPartial }))
      throw new NotYet(`${file} is not complete yet`);
  }

  /** Seen unchanged for long, or so old that it was there long before this program looked. */
  #isOld(file: string, { status }: Arrived): boolean {
    const { partialMs } = this.#patience;
    const latest = Math.max(Number(status.mtimeMs), Number(status.ctimeMs));
    return this.#settling.observe(file, status) >= partialMs || Date.now() - latest >= partialMs;
  }
}

const lower = (name: string): string => name.normalize('NFC').toLowerCase();

async function held(list: Held[], file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if (!(thrown instanceof NotYet)) throw thrown;
    list.push({ file, reason: thrown.message, isArriving: thrown.isArriving });
  }
}

/** What has arrived of an order is the beginning of one. */
const isCutOff = (thrown: unknown): boolean =>
  thrown instanceof OssError && thrown.cause instanceof JsonFault && thrown.cause.isCutOff;
