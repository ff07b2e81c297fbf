/** The transparency log: what was issued and signed, as commitments that only ever become more. */
import { join } from 'node:path';
import { readTextIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import { SerialQueue } from '../../base/keyed-queue.ts';
import { type LogSigner, openCheckpoint, verifierKey } from '../../base/tlog/checkpoint.ts';
import { encodeEntry } from '../../base/tlog/entry.ts';
import { proveInclusion, rootOf } from '../../base/tlog/merkle-tree.ts';
import { formatProof } from '../../base/tlog/proof-file.ts';
import { encodeBundle, subtreesOf, TILE_WIDTH, type TileName, widthAt } from '../../base/tlog/tiles.ts';
import { OssError } from '../../contract/errors.ts';
import type { LogEntry, OpenedEntry, StoredHead } from '../store/log-repository.ts';
import type { Repositories, Store } from '../store/store.ts';
import { commit } from './entry.ts';
import { sequence, tilesOf } from './sequencer.ts';

export interface TransparencyLogOptions {
  readonly store: Store;
  readonly signer: LogSigner;
  /** The last head that was given out from here is kept in it. */
  readonly dataDirectory: string;
  readonly clock: () => Date;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly onFailure: (error: unknown) => void;
}

/** An entry of a request, with its proof once it has a place. */
export interface ShownEntry {
  readonly act: LogEntry['act'];
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
  /** C2SP tlog-proof; `extra` holds act, salt and digest as JSON. */
  readonly proof: string | undefined;
}

export interface TransparencyLog {
  /** For verifiers: `origin+hash+key`. */
  readonly verifierKey: string;
  /** In the transaction of the act. @param logged the bytes that it is about */
  record(
    repositories: Pick<Repositories, 'log'>,
    requestId: string,
    act: LogEntry['act'],
    logged: Uint8Array,
  ): Promise<void>;
  /** After a transaction that recorded: places are given soon, and nobody waits for it. */
  nudge(): void;
  /** Gives places now, to entries of processes that have died too. */
  sequence(): Promise<void>;
  /** The newest signed head; undefined as long as nothing was logged. */
  checkpoint(): Promise<string | undefined>;
  /** Bytes of a tile or a bundle; undefined where there is none of that width. */
  tile(name: TileName): Promise<Uint8Array | undefined>;
  /** What was logged of a request, until it is erased. */
  entriesOf(requestId: string): Promise<ShownEntry[]>;
  close(): Promise<void>;
}

/** Gathers what comes at the same time; shorter than a person waits for anything. */
const PERIOD_MS = 100;
const PUBLISHED = 'published-checkpoint';

/**
 * @throws OssError OSS_CONFIG_INVALID where the database does not continue what was published from here: an older copy
 *   was restored, and signing on would make two histories
 */
export async function openTransparencyLog(options: TransparencyLogOptions): Promise<TransparencyLog> {
  const { store, signer, dataDirectory, clock, randomBytes } = options;
  const publishedPath = join(dataDirectory, PUBLISHED);
  let published = await publishedBefore(publishedPath, store, signer);
  const rounds = rounded(() => sequence(store, signer, clock().getTime()), options.onFailure);
  /** A head is on this disk before anyone sees it. */
  const writing = new SerialQueue();
  const publish = (head: StoredHead): Promise<StoredHead> =>
    writing.run(async () => {
      if (head.size > published) {
        await writeFileDurably(publishedPath, head.note);
        published = head.size;
      }
      return head;
    });
  const newest = async (): Promise<StoredHead | undefined> => {
    const head = await store.log.head();
    return head && publish(head);
  };
  return {
    verifierKey: verifierKey(signer),
    async record({ log }, requestId, act, logged) {
      await log.add({ requestId, ...commit(act, logged, randomBytes) }, clock().getTime());
    },
    nudge: rounds.nudge,
    sequence: rounds.now,
    checkpoint: async () => (await newest())?.note,
    tile: (name) => readTile(store.log, name),
    async entriesOf(requestId) {
      const entries = await store.log.ofRequest(requestId);
      const head = entries.length === 0 ? undefined : await newest();
      return Promise.all(entries.map((entry) => show(store.log, entry, head)));
    },
    close: rounds.close,
  };
}

/** Size of the head that was given out last. */
async function publishedBefore(path: string, store: Store, signer: LogSigner): Promise<number> {
  const note = await readTextIfPresent(path);
  const head = note === undefined ? undefined : openCheckpoint(note, signer);
  // Of another key or origin: another log.
  if (head === undefined) return 0;
  const present = (await store.log.head())?.size ?? 0;
  const continues =
    present >= head.size &&
    Buffer.from(await rootOf(head.size, subtreesOf(tilesOf(store.log)))).equals(Buffer.from(head.root));
  if (continues) return head.size;
  throw new OssError('OSS_CONFIG_INVALID', {
    reason: `database: its transparency log has ${present} entries and does not continue the ${head.size} that were published from here`,
  });
}

async function readTile(log: Repositories['log'], { level, number, width }: TileName) {
  const size = (await log.head())?.size ?? 0;
  if (width > widthAt(level === 'entries' ? 0 : level, number, size)) return undefined;
  if (level !== 'entries') return (await log.tile(level, number))?.subarray(0, width * 32);
  const start = number * TILE_WIDTH;
  return encodeBundle((await log.range(start, start + width)).map(encodeEntry));
}

async function show(
  log: Repositories['log'],
  { act, salt, digest, index }: OpenedEntry,
  head: StoredHead | undefined,
): Promise<ShownEntry> {
  if (index === undefined || head === undefined || index >= head.size) {
    return { act, salt, digest, proof: undefined };
  }
  const opening = { act, salt: base64(salt), digest: base64(digest) };
  const hashes = await proveInclusion(index, head.size, subtreesOf(tilesOf(log)));
  const extra = Buffer.from(JSON.stringify(opening));
  return { act, salt, digest, proof: formatProof({ index, hashes, checkpoint: head.note, extra }) };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** One round at a time: soon after a nudge, again while there is more or another process holds the lock. */
function rounded(round: () => Promise<number | undefined>, onFailure: (error: unknown) => void) {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const nudge = (): void => {
    if (!closed) timer ??= setTimeout(() => void now(), PERIOD_MS).unref();
  };
  const now = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running ??= round()
      .then(
        (placed) => {
          if (placed !== 0) nudge();
        },
        // The entries wait; the next round, here or in another process, gives them their places.
        onFailure,
      )
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  return {
    nudge,
    now,
    async close(): Promise<void> {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
