import { type BigIntStats, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { readJournal } from '../journal/journal.ts';
import type { Vault } from '../vault/vault.ts';

/** What a journal was when its transaction had ended, was sealed and cleared up. */
export interface Settled {
  /** When it was sealed, in ms. */
  readonly ended: number;
  readonly size: number;
  readonly modified: number;
}

/** Whether a journal has not changed since it was noted. */
export const isSame = (
  a: Pick<Settled, 'size' | 'modified'>,
  b: Pick<Settled, 'size' | 'modified'>,
): boolean => a.size === b.size && a.modified === b.modified;

/** Changes whenever a folder is made or removed in there; a copy has another number. */
export function stampOf(vault: Vault): string {
  const status: BigIntStats | undefined = statSync(vault.root, { bigint: true, throwIfNoEntry: false });
  return status ? `${status.ino}:${status.ctimeNs}` : 'none';
}

/** Undefined where there is none. */
export function statOf(vault: Vault, id: string): Pick<Settled, 'size' | 'modified'> | undefined {
  const status = statSync(vault.journalPath(id), { throwIfNoEntry: false });
  return status && { size: status.size, modified: status.mtimeMs };
}

/**
 * What the journal says, where it says that nothing is left to be done: only what has ended can be sealed (reduce.ts),
 * and what happened since has to be sealed again. Undefined for any other, and for one that cannot be read.
 */
export async function judge(vault: Vault, id: string): Promise<Settled | undefined> {
  const status = statOf(vault, id);
  const last = await readJournal(vault.journalPath(id)).then(
    (entries) => entries.at(-1),
    () => undefined,
  );
  if (!status || last?.event.type !== 'sealed') return undefined;
  const names = await readdir(vault.folder(id)).catch(() => []);
  const isClear = names.length === 1 && names[0] === 'journal.jsonl';
  return isClear ? { ended: Date.parse(last.at), ...status } : undefined;
}
