/** Tiles of a log (C2SP tlog-tiles): 256 hashes of one level each, entries in bundles of as many. */
import { foldComplete, HASH_BYTES, type ReadSubtree } from './merkle-tree.ts';

export const TILE_WIDTH = 256;
/** log2 of the width: levels of the tree in one tile. */
export const TILE_HEIGHT = 8;

/** The hashes at the beginning of a tile, at least `width` of them. */
export type ReadTile = (level: number, number: number, width: number) => Promise<readonly Uint8Array[]>;

/** A tile's number in groups of three digits: 1234067 is `x001/x234/067`. */
function numberPath(number: number): string {
  const groups = [String(number % 1000).padStart(3, '0')];
  for (let rest = Math.floor(number / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return groups.join('/');
}

/** Below the address of the log. @param level `entries` for a bundle of entries */
export const tilePath = (level: number | 'entries', number: number, width = TILE_WIDTH): string =>
  `tile/${level}/${numberPath(number)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;

export interface TileName {
  readonly level: number | 'entries';
  readonly number: number;
  readonly width: number;
}

const PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;

/** Undefined for a path that names no tile, or names one in another way than it is written. */
export function parseTilePath(path: string): TileName | undefined {
  const [, part = '', digits = '', width] = PATH.exec(path) ?? [];
  if (part === '') return undefined;
  const name = {
    level: part === 'entries' ? ('entries' as const) : Number(part),
    number: Number(digits.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const isCanonical = name.width > 0 && tilePath(name.level, name.number, name.width) === path;
  return isCanonical && (name.level === 'entries' || name.level <= 63) ? name : undefined;
}

/** Widths of a level's last tile in a tree of that size. */
export const widthAt = (level: number, number: number, size: number): number =>
  Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - number * TILE_WIDTH);

/** Subtrees of any height, from tiles. */
export const subtreesOf =
  (read: ReadTile): ReadSubtree =>
  async (height, number) => {
    const level = Math.floor(height / TILE_HEIGHT);
    const span = 2 ** (height % TILE_HEIGHT);
    const first = number * span;
    const start = first % TILE_WIDTH;
    const hashes = await read(level, Math.floor(first / TILE_WIDTH), start + span);
    if (hashes.length < start + span) throw new RangeError(`tile ${level}/${number} is too short`);
    return foldComplete(hashes.slice(start, start + span));
  };

export const splitTile = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.floor(bytes.length / HASH_BYTES) }, (_, index) =>
    bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );

/** Entries as a bundle holds them: each after its length in two bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** @throws RangeError where the bytes end within an entry */
export function decodeBundle(bytes: Uint8Array): Uint8Array[] {
  const view = Buffer.from(bytes);
  const entries: Uint8Array[] = [];
  for (let offset = 0; offset < view.length; ) {
    const end = offset + 2 + view.readUInt16BE(offset);
    if (end > view.length) throw new RangeError('a bundle ends within an entry');
    entries.push(view.subarray(offset + 2, end));
    offset = end;
  }
  return entries;
}
