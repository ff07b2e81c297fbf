/** That an entry stands in a log, as a text that can be checked without it (C2SP tlog-proof). */
import { type LogKey, openCheckpoint } from './checkpoint.ts';
import { leafHash, verifyInclusion } from './merkle-tree.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^48 entries; more is no proof. */
const MOST_HASHES = 48;

export interface LogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed note, as it was published. */
  readonly checkpoint: string;
  /** Of the application; nothing in the proof vouches for it. */
  readonly extra: Uint8Array | undefined;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export function formatProof({ index, hashes, checkpoint, extra }: LogProof): string {
  return [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${base64(extra)}`]),
    `index ${index}`,
    ...hashes.map(base64),
    '',
    checkpoint,
  ].join('\n');
}

/** Undefined for a text that is no proof. */
export function parseProof(text: string): LogProof | undefined {
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  if (header !== HEADER) return undefined;
  const [first = ''] = lines;
  const extra = first.startsWith('extra ') ? Buffer.from(first.slice(6), 'base64') : undefined;
  const [indexLine = '', ...encoded] = extra === undefined ? lines : lines.slice(1);
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(indexLine)?.[1];
  const hashes = encoded.map((line) => Buffer.from(line, 'base64'));
  const isSound = hashes.length <= MOST_HASHES && hashes.every((hash) => hash.length === 32);
  if (index === undefined || !isSound) return undefined;
  return { index: Number(index), hashes, checkpoint: text.slice(end + 2), extra };
}

/** Whether the entry stands at that place in a log whose head the key has signed. */
export function proves({ index, hashes, checkpoint }: LogProof, entry: Uint8Array, key: LogKey): boolean {
  const head = openCheckpoint(checkpoint, key);
  return (
    head !== undefined && verifyInclusion(leafHash(entry), { index, size: head.size }, hashes, head.root)
  );
}
