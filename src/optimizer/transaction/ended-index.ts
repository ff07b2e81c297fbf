import { statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readTextIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import type { Vault } from '../vault/vault.ts';

/** id, end in ms, size and mtime of the journal in ms. */
const LINE = /^(tx_[0-9a-z]{16,40}) (\d+) (\d+) ([\d.]+)$/;
/** Journals that are looked at in one go, before others have their turn. */
const AT_ONCE = 500;
/** Lines that say nothing any more, until the file is written again without them. */
const MAX_STALE_LINES = 200;

interface Ended {
  /** When it was sealed, in ms. */
  readonly at: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * Which transactions have ended, are sealed and cleared up, so that nobody has to read their journals to find out:
 *
 *     transactions.index    a line each; nothing of the signer, nothing that the journals do not say
 *
 * Derived: a line counts only while its journal has the size and the time that it had, and without the file the
 * journals are read once more.
 */
export class EndedIndex {
  readonly #path: string;
  readonly #vault: Vault;
  readonly #ended: Map<string, Ended>;

  private constructor(path: string, vault: Vault, ended: Map<string, Ended>) {
    this.#path = path;
    this.#vault = vault;
    this.#ended = ended;
  }

  static async open(dataDirectory: string, vault: Vault): Promise<EndedIndex> {
    const path = join(dataDirectory, 'transactions.index');
    const text = (await readTextIfPresent(path).catch(() => undefined)) ?? '';
    const said = new Map<string, Ended>();
    const lines = text.split('\n');
    for (const line of lines) {
      const [, id, at, size, mtimeMs] = LINE.exec(line) ?? [];
      if (id !== undefined) said.set(id, { at: Number(at), size: Number(size), mtimeMs: Number(mtimeMs) });
    }
    const ended = await stillTrue(vault, said);
    const index = new EndedIndex(path, vault, ended);
    if (lines.length > ended.size + MAX_STALE_LINES) await index.rewrite();
    return index;
  }

  has(id: string): boolean {
    return this.#ended.has(id);
  }

  /** Those that ended before this moment, in ms. */
  endedBefore(moment: number): string[] {
    return [...this.#ended].filter(([, { at }]) => at < moment).map(([id]) => id);
  }

  /** At most `count` of them, the one that ended last first. */
  latest(count: number): string[] {
    const newest = [...this.#ended].sort(([, a], [, b]) => b.at - a.at);
    return newest.slice(0, count).map(([id]) => id);
  }

  /** It has ended, is sealed and cleared up, and its journal takes no line any more. */
  async note(id: string, at: number): Promise<void> {
    const status = statOf(this.#vault, id);
    if (!status) return;
    this.#ended.set(id, { at, ...status });
    // Not flushed, and no failure: what is not written is read from the journal.
    await appendFile(this.#path, lineOf(id, { at, ...status }), { mode: 0o600 }).catch(() => undefined);
  }

  /** Its journal is going to say more, or goes. */
  forget(id: string): void {
    this.#ended.delete(id);
  }

  /** Without what was removed meanwhile. */
  async rewrite(): Promise<void> {
    const text = [...this.#ended].map(([id, ended]) => lineOf(id, ended)).join('');
    await writeFileDurably(this.#path, text).catch(() => undefined);
  }
}

const lineOf = (id: string, { at, size, mtimeMs }: Ended): string => `${id} ${at} ${size} ${mtimeMs}\n`;

function statOf(vault: Vault, id: string): Pick<Ended, 'size' | 'mtimeMs'> | undefined {
  // Synchronous: ten thousand of them take some 50 ms this way, and ten times as much the other.
  const status = statSync(vault.journalPath(id), { throwIfNoEntry: false });
  return status && { size: status.size, mtimeMs: status.mtimeMs };
}

/** Without journals that were removed, continued by another version, or restored from an older copy. */
async function stillTrue(vault: Vault, said: ReadonlyMap<string, Ended>): Promise<Map<string, Ended>> {
  const ended = new Map<string, Ended>();
  let looked = 0;
  for (const [id, entry] of said) {
    const status = statOf(vault, id);
    if (status?.size === entry.size && status.mtimeMs === entry.mtimeMs) ended.set(id, entry);
    looked += 1;
    if (looked % AT_ONCE === 0) await setImmediate();
  }
  return ended;
}
