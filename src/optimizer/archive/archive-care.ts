/** Looks after signed files for decades: knows when the protection of each ends, and renews it in time. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorCode, type OssError, toOssError } from '../../contract/errors.ts';
import type { VerificationReport } from '../../contract/model/verification.ts';
import type { Certificate, StampDigest } from '../../pki/index.ts';
import type { Sources } from '../sources/http-sources.adapter.ts';
import { lockDirectory } from '../vault/lock.ts';
import type { DocumentWork } from '../work/document-work.ts';
import { archiveFiles, CARE_FOLDER } from './archive-files.ts';
import { Batches } from './batches.ts';
import { Ledger, type LedgerEntry, type LedgerSummary } from './ledger.ts';
import { renewInPlace } from './renew-in-place.ts';

export interface ArchiveOptions {
  readonly anchors: readonly Certificate[];
  /** Asked in this order; the next one where one fails, or ends too soon. */
  readonly timestampUrls: readonly string[];
  readonly timestampDigest?: StampDigest;
  readonly sources: Sources;
  readonly documentWork: DocumentWork;
  /** Files worked on beside each other. */
  readonly lanes: number;
  /** What ends within so many milliseconds is renewed. */
  readonly margin: number;
  readonly now: () => Date;
  /** Told of each file that was renewed, or could not be. */
  readonly onFile: (entry: LedgerEntry, outcome: 'renewed' | 'notRenewed') => void;
  /** Told the name of a damaged ledger. */
  readonly onSetAside: (name: string) => void;
  readonly signal?: AbortSignal;
}

export interface CareSummary extends LedgerSummary {
  /** Of this round. */
  readonly renewed: number;
  readonly notRenewed: number;
  readonly vanished: number;
}

/** Rows of the ledger that are written together. */
const BATCH = 500;

/**
 * One round: every file that is new or has changed is verified, then every one is renewed whose protection ends. It may
 * be killed at any moment: the files themselves say what was done.
 * @throws OssError OSS_DATA_IN_USE while another process looks after the same folder, OSS_FOLDER_UNUSABLE
 */
export async function careForArchive(root: string, options: ArchiveOptions): Promise<CareSummary> {
  const lock = await lockDirectory(join(root, CARE_FOLDER));
  try {
    const ledger = await openLedger(root, options.onSetAside);
    try {
      const care = new Care(root, ledger, options);
      const vanished = await care.look();
      const outcome = await care.renew();
      return { ...ledger.summary(), ...outcome, vanished };
    } finally {
      ledger.close();
    }
  } finally {
    await lock.release();
  }
}

export const openLedger = (
  root: string,
  onSetAside: (name: string) => void = () => undefined,
): Promise<Ledger> => Ledger.open(join(root, CARE_FOLDER, 'ledger.db'), onSetAside);

class Care {
  readonly #root: string;
  readonly #ledger: Ledger;
  readonly #options: ArchiveOptions;
  readonly #scan: number;

  constructor(root: string, ledger: Ledger, options: ArchiveOptions) {
    this.#root = root;
    this.#ledger = ledger;
    this.#options = options;
    this.#scan = ledger.beginScan();
  }

  /** @returns how many files are not there any more */
  async look(): Promise<number> {
    const batches = new Batches<LedgerEntry, string>(BATCH, (entries, unchanged) =>
      this.#ledger.record(this.#scan, entries, unchanged),
    );
    await inLanes(this.#options, archiveFiles(this.#root), async (path) => {
      const known = this.#ledger.find(path);
      const entry = await this.#lookAt(path, known);
      if (entry === known && known) batches.keep(path);
      else if (entry) batches.add(entry);
    });
    batches.flush();
    if (this.#options.signal?.aborted) return 0;
    return this.#ledger.endScan(this.#scan);
  }

  async renew(): Promise<{ renewed: number; notRenewed: number }> {
    const outcome = { renewed: 0, notRenewed: 0 };
    const { now, margin, onFile } = this.#options;
    const lastingUntil = new Date(now().getTime() + margin);
    await inLanes(this.#options, this.#ledger.endingBefore(lastingUntil), async (entry) => {
      const after = await this.#renew(entry, lastingUntil);
      this.#ledger.record(this.#scan, [after]);
      const word = after.trouble === null ? 'renewed' : 'notRenewed';
      outcome[word] += 1;
      onFile(after, word);
    });
    return outcome;
  }

  /** The very entry that is known, where the file is as it was then. Undefined where it went away meanwhile. */
  async #lookAt(path: string, known: LedgerEntry | undefined): Promise<LedgerEntry | undefined> {
    const { now } = this.#options;
    const status = await stat(join(this.#root, path)).catch(() => undefined);
    if (!status) return undefined;
    const { size, mtimeMs: modified } = status;
    const isSame = known && known.size === size && known.modified === modified && known.verdict !== 'missing';
    // What has ended since is not valid any more, although nobody touched it.
    const isOver = known?.verdict === 'valid' && known.until !== null && new Date(known.until) <= now();
    if (isSame && !isOver) return known;
    const before = known?.until ?? null;
    const file = { path, size, modified, tried: null, level: null, until: before, ends: null, name: null };
    try {
      return { ...file, ...factsOf(await this.#verify(path), before) };
    } catch (thrown) {
      const error = toOssError(thrown);
      return { ...file, verdict: verdictOn(error), trouble: troubleOf(error) };
    }
  }

  #verify(path: string): Promise<VerificationReport> {
    const { documentWork, anchors, now } = this.#options;
    const ders = anchors.map(({ der }) => der);
    return documentWork.run('verify', { path: join(this.#root, path), anchors: ders, at: now() });
  }

  async #renew(entry: LedgerEntry, lastingUntil: Date): Promise<LedgerEntry> {
    const path = join(this.#root, entry.path);
    const tried = this.#options.now().toISOString();
    try {
      const report = await renewInPlace(path, { ...this.#options, lastingUntil });
      const { size, mtimeMs: modified } = await stat(path);
      return { ...entry, size, modified, tried, ...factsOf(report, entry.until) };
    } catch (thrown) {
      return { ...entry, tried, trouble: troubleOf(toOssError(thrown)) };
    }
  }
}

function factsOf(
  { verdict, protection, signatures, checks, documentTimestamps }: VerificationReport,
  before: string | null,
): Pick<LedgerEntry, 'verdict' | 'level' | 'until' | 'ends' | 'name' | 'trouble'> {
  const [lowest] = signatures.map(({ level }) => level).sort((one, other) => rank(one) - rank(other));
  const all = [...signatures, ...documentTimestamps].flatMap((one) => one.checks).concat(checks);
  const flaw = all.find(({ outcome }) => outcome === 'failed' || outcome === 'undecided');
  const { until = before, by = null, name = null } = protection ?? {};
  return { verdict, level: lowest ?? null, until, ends: by, name, trouble: flaw?.sentence ?? null };
}

const LEVELS = ['none', 'B-B', 'B-T', 'B-LT', 'B-LTA'];
const rank = (level: string): number => LEVELS.indexOf(level);

const verdictOn = ({ code }: OssError): LedgerEntry['verdict'] => {
  const unsigned: ErrorCode = 'OSS_PDF_NO_SIGNATURE';
  return code === unsigned ? 'unsigned' : 'unread';
};

/** Nothing where it is just not signed. */
function troubleOf(error: OssError): string | null {
  if (error.code === 'OSS_PDF_NO_SIGNATURE') return null;
  return `${error.message} [${error.code}]`;
}

/** Works on so many items beside each other; takes the next one only when there is a lane for it. */
async function inLanes<T>(
  { lanes, signal }: Pick<ArchiveOptions, 'lanes' | 'signal'>,
  items: AsyncGenerator<T> | Generator<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  // One generator for all lanes: an asynchronous one queues who asks it, a synchronous one answers at once.
  const lane = async (): Promise<void> => {
    for (;;) {
      if (signal?.aborted) return;
      const next = await items.next();
      if (next.done) return;
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
