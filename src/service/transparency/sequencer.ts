import { type LogSigner, signCheckpoint } from '../../base/tlog/checkpoint.ts';
import { encodeEntry } from '../../base/tlog/entry.ts';
import { foldComplete, leafHash, rootOf } from '../../base/tlog/merkle-tree.ts';
import { type ReadTile, splitTile, subtreesOf, TILE_WIDTH } from '../../base/tlog/tiles.ts';
import type { Repositories, Store } from '../store/store.ts';

type Log = Repositories['log'];

export const tilesOf =
  (log: Log): ReadTile =>
  async (level, number) =>
    splitTile((await log.tile(level, number)) ?? new Uint8Array());

/**
 * Gives the waiting entries their places, in one transaction with the tiles and the signed head: after a crash there is
 * all of it or nothing, and one process at a time does it.
 * @returns how many got a place; undefined where another process is at it
 */
export const sequence = (store: Store, signer: LogSigner, now: number): Promise<number | undefined> =>
  store.transaction(async ({ log }) => {
    if (!(await log.lock())) return undefined;
    const waiting = await log.waiting();
    if (waiting.length === 0) return 0;
    const former = (await log.head())?.size ?? 0;
    for (const [offset, entry] of waiting.entries()) await log.place(entry, former + offset);
    await grow(
      log,
      former,
      waiting.map((entry) => leafHash(encodeEntry(entry))),
    );
    const size = former + waiting.length;
    const root = await rootOf(size, subtreesOf(tilesOf(log)));
    await log.addHead({ size, note: signCheckpoint({ size, root }, signer) }, now);
    return waiting.length;
  });

/** Adds hashes at a level from that position on; every tile that becomes full is a hash of the level above. */
async function grow(log: Log, position: number, hashes: readonly Uint8Array[], level = 0): Promise<void> {
  const first = Math.floor(position / TILE_WIDTH);
  const begun = splitTile((await log.tile(level, first)) ?? new Uint8Array());
  const row = [...begun.slice(0, position % TILE_WIDTH), ...hashes];
  const full: Uint8Array[] = [];
  for (let start = 0; start < row.length; start += TILE_WIDTH) {
    const tile = row.slice(start, start + TILE_WIDTH);
    await log.writeTile(level, first + start / TILE_WIDTH, Buffer.concat(tile));
    if (tile.length === TILE_WIDTH) full.push(foldComplete(tile));
  }
  if (full.length > 0) await grow(log, first, full, level + 1);
}
