/** Watching a log from outside: that its head is signed, that it only grew, and that its tiles are what was signed. */
import { type LogKey, openCheckpoint } from './checkpoint.ts';
import {
  foldComplete,
  leafHash,
  proveConsistency,
  rootOf,
  type TreeHead,
  verifyConsistency,
} from './merkle-tree.ts';
import {
  decodeBundle,
  type ReadTile,
  splitTile,
  subtreesOf,
  TILE_WIDTH,
  tilePath,
  widthAt,
} from './tiles.ts';

/** The log is not what it was, or not what it says; `message` says how. */
export class LogFault extends Error {}

export interface Followed {
  readonly head: TreeHead;
  /** To be kept, and given as `former` the next time. */
  readonly checkpoint: string;
  /** Entries that were not there before; all of them were hashed again. */
  readonly entries: readonly Uint8Array[];
}

/**
 * @param get reads below the address of the log; rejects where there is nothing
 * @param former the checkpoint that was seen last; undefined the first time
 * @throws LogFault
 */
export async function followLog(...log: Parameters<typeof follow>): Promise<Followed> {
  try {
    return await follow(...log);
  } catch (error) {
    // What is too short or of another form is no less a fault than what is wrong.
    if (error instanceof RangeError) throw new LogFault(error.message);
    throw error;
  }
}

async function follow(
  get: (path: string) => Promise<Uint8Array>,
  key: LogKey,
  former: string | undefined,
): Promise<Followed> {
  const checkpoint = Buffer.from(await get('checkpoint')).toString('utf8');
  const head = opened(checkpoint, key, 'the log answers with');
  const before = former === undefined ? undefined : opened(former, key, 'what was kept is');
  if (before !== undefined && before.size > head.size) {
    throw new LogFault(`it had ${before.size} entries and has ${head.size}`);
  }
  const read = tilesBelow(get, head.size);
  const subtree = subtreesOf(read);
  if (!Buffer.from(await rootOf(head.size, subtree)).equals(Buffer.from(head.root))) {
    throw new LogFault('its tiles do not have the signed root');
  }
  if (before !== undefined) {
    const proof = await proveConsistency(before.size, head.size, subtree);
    if (!verifyConsistency(before, head, proof)) {
      throw new LogFault(`the ${head.size} entries do not continue the ${before.size} that were there`);
    }
  }
  const since = before?.size ?? 0;
  await checkLevels(read, since, head.size);
  return { head, checkpoint, entries: await checkEntries(get, read, since, head.size) };
}

function opened(note: string, key: LogKey, whose: string): TreeHead {
  const head = openCheckpoint(note, key);
  if (head === undefined) throw new LogFault(`${whose} no checkpoint that ${key.origin} has signed`);
  return head;
}

/** Each tile once, as wide as the tree has it. */
function tilesBelow(get: (path: string) => Promise<Uint8Array>, size: number): ReadTile {
  const known = new Map<string, Promise<readonly Uint8Array[]>>();
  return (level, number) => {
    const path = tilePath(level, number, widthAt(level, number, size));
    const tile = known.get(path) ?? get(path).then(splitTile);
    known.set(path, tile);
    return tile;
  };
}

/** Every hash that is new above the lowest level is that of the tile below it. */
async function checkLevels(read: ReadTile, since: number, size: number): Promise<void> {
  for (let level = 1; TILE_WIDTH ** level <= size; level += 1) {
    const span = TILE_WIDTH ** level;
    for (let place = Math.floor(since / span); place < Math.floor(size / span); place += 1) {
      const above = await read(level, Math.floor(place / TILE_WIDTH), TILE_WIDTH);
      const below = foldComplete(await read(level - 1, place, TILE_WIDTH));
      if (!isSame(above[place % TILE_WIDTH], below)) {
        throw new LogFault(`${tilePath(level - 1, place)} is not what the tile above it says`);
      }
    }
  }
}

async function checkEntries(
  get: (path: string) => Promise<Uint8Array>,
  read: ReadTile,
  since: number,
  size: number,
): Promise<Uint8Array[]> {
  const fresh: Uint8Array[] = [];
  for (let number = Math.floor(since / TILE_WIDTH); number * TILE_WIDTH < size; number += 1) {
    const width = widthAt(0, number, size);
    const entries = decodeBundle(await get(tilePath('entries', number, width)));
    const hashes = await read(0, number, width);
    const isWhole = entries.length === width && hashes.length === width;
    if (!isWhole || entries.some((entry, index) => !isSame(hashes[index], leafHash(entry)))) {
      throw new LogFault(`${tilePath('entries', number, width)} is not what was signed`);
    }
    fresh.push(...entries.slice(Math.max(0, since - number * TILE_WIDTH)));
  }
  return fresh;
}

const isSame = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a !== undefined && Buffer.compare(a, b) === 0;
