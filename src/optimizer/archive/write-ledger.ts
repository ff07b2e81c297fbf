import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvLine } from '../../base/csv.ts';
import { PARTIAL_SUFFIX, renameDurably } from '../../base/durable-file.ts';
import type { LedgerEntry } from './ledger.ts';

const COLUMNS = ['path', 'verdict', 'level', 'until', 'ends', 'name', 'trouble', 'tried', 'size'] as const;

/**
 * Writes the ledger for people and other programs, whole or not at all: a table where the name ends in `.csv`
 * (RFC 4180), else one array of JSON. A million entries are never in memory together.
 * @throws the system's error
 */
export async function writeLedger(path: string, entries: Iterable<LedgerEntry>): Promise<void> {
  const partial = `${path}${PARTIAL_SUFFIX}`;
  const lines = path.toLowerCase().endsWith('.csv') ? asTable(entries) : asJson(entries);
  try {
    await pipeline(Readable.from(lines), createWriteStream(partial, { mode: 0o600, flush: true }));
    await renameDurably(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function* asTable(entries: Iterable<LedgerEntry>): Generator<string> {
  yield csvLine(COLUMNS);
  for (const entry of entries) yield csvLine(COLUMNS.map((column) => String(entry[column] ?? '')));
}

function* asJson(entries: Iterable<LedgerEntry>): Generator<string> {
  let before = '[\n';
  for (const { modified: _, ...entry } of entries) {
    yield `${before}${JSON.stringify(entry)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
