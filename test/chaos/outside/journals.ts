import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A transaction as its journal tells it to somebody who knows nothing but the lines. */
export interface JournalView {
  readonly id: string;
  readonly requestId: string | undefined;
  readonly end: 'delivered' | 'cancelled' | 'expired' | undefined;
  /** Whether the service was asked to sign, and nothing came of it yet. */
  readonly isSigning: boolean;
  readonly serialNumbers: readonly string[];
  readonly files: readonly string[];
  readonly sealed: readonly number[];
  readonly failure: string | undefined;
  /** What else lies in its folder. */
  readonly leftovers: readonly string[];
}

interface Line {
  readonly event: {
    readonly type: string;
    readonly registration?: { readonly requestId: string };
    readonly certificate?: { readonly serialNumber: string };
    readonly files?: readonly string[];
    readonly sequence?: number;
    readonly code?: string;
  };
}

const ENDS = ['delivered', 'cancelled', 'expired'] as const;

/** @param faults is told of every line that is not as it was written */
export function readStories(data: string, faults: string[]): JournalView[] {
  const root = join(data, 'transactions');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => name.startsWith('tx_'))
    .map((id) => storyOf(id, join(root, id), faults));
}

function storyOf(id: string, folder: string, faults: string[]): JournalView {
  const events = linesOf(id, join(folder, 'journal.jsonl'), faults).map(({ event }) => event);
  const types = events.map(({ type }) => type);
  const end = ENDS.find((one) => types.includes(one));
  const serialNumbers = events.flatMap(({ type, certificate }) =>
    type === 'signed' && certificate ? [certificate.serialNumber] : [],
  );
  const last = events.findLast(({ type }) => type === 'failed' || type === 'refused');
  const asked = types.lastIndexOf('signing');
  const settled = Math.max(types.lastIndexOf('refused'), types.lastIndexOf('signed'));
  return {
    id,
    requestId: events.find(({ type }) => type === 'registered')?.registration?.requestId,
    end,
    isSigning: end === undefined && (asked > settled || types.includes('signed')),
    serialNumbers,
    files: events.find(({ type }) => type === 'delivered')?.files ?? [],
    sealed: events.flatMap(({ type, sequence }) => (type === 'sealed' && sequence ? [sequence] : [])),
    failure: last?.code,
    leftovers: readdirSync(folder).filter((name) => name !== 'journal.jsonl'),
  };
}

function linesOf(id: string, path: string, faults: string[]): Line[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.pop() !== '') faults.push(`journal ${id} ends within a line`);
  return lines.flatMap((line, index) => {
    const [sum, json] = [line.slice(0, 16), line.slice(17)];
    if (createHash('sha256').update(json).digest('hex').slice(0, 16) === sum)
      return [JSON.parse(json) as Line];
    faults.push(`journal ${id}: line ${index + 1} is damaged`);
    return [];
  });
}
