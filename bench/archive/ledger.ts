// What the ledger of an archive costs with a million files: `npm run bench -- ledger`. Entries a second as they are
// recorded, found again, listed by their end and written as a table; the memory of each step beside that of a
// hundredth of the entries: it has to stay flat.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, type LedgerEntry } from '../../src/optimizer/archive/ledger.ts';
import { writeLedger } from '../../src/optimizer/archive/write-ledger.ts';

const ENTRIES = Number(process.env.BENCH_ENTRIES ?? 1_000_000);
const BATCH = 500;
const MEGABYTE = 1024 * 1024;
/** Of memory beyond that of a hundredth of the entries. */
const TARGET_MEGABYTES = 64;
const DAY = 24 * 60 * 60 * 1000;

const entryOf = (number: number): LedgerEntry => ({
  path: `${2026 + (number % 10)}/branch-${number % 400}/contract-${String(number).padStart(9, '0')}-signed.pdf`,
  ...{ size: 150_000 + number, modified: 1_790_000_000_000 + number, verdict: 'valid', level: 'B-LTA' },
  until: new Date(Date.UTC(2036, 0, 1) + (number % 3650) * DAY).toISOString(),
  ...{ ends: 'timestamp', name: 'Time-Stamp Unit 7', trouble: null, tried: null },
});

function* entries(count: number): Generator<LedgerEntry> {
  for (let number = 0; number < count; number += 1) yield entryOf(number);
}

function record(ledger: Ledger, count: number): void {
  const scan = ledger.beginScan();
  let batch: LedgerEntry[] = [];
  for (const entry of entries(count)) {
    batch.push(entry);
    if (batch.length < BATCH) continue;
    ledger.record(scan, batch);
    batch = [];
  }
  ledger.record(scan, batch);
}

function findAll(ledger: Ledger, count: number): void {
  for (const { path } of entries(count)) if (!ledger.find(path)) throw new Error(`${path} is not found`);
}

function listDue(ledger: Ledger): void {
  let due = 0;
  for (const _ of ledger.endingBefore(new Date(Date.UTC(2040, 0, 1)))) due += 1;
  if (due === 0) throw new Error('nothing is due');
}

/** The most that the process had in memory, in megabytes: it never goes down. */
const peak = (): number => process.resourceUsage().maxRSS / 1024;

async function measured(count: number, folder: string): Promise<number> {
  const ledger = await Ledger.open(join(folder, `${count}.db`), () => undefined);
  const table = join(folder, `${count}.csv`);
  const steps = {
    recorded: () => record(ledger, count),
    'found again': () => findAll(ledger, count),
    'listed by end': () => listDue(ledger),
    'written as a table': () => writeLedger(table, ledger.entries()),
  };
  for (const [what, step] of Object.entries(steps)) {
    const begun = performance.now();
    await step();
    const seconds = (performance.now() - begun) / 1000;
    console.log(
      `${count} entries ${what}: ${Math.round(count / seconds)} a second, peak ${peak().toFixed(0)} MB`,
    );
  }
  ledger.close();
  const megabytes = statSync(join(folder, `${count}.db`)).size / MEGABYTE;
  console.log(`the ledger has ${megabytes.toFixed(1)} MB`);
  return peak();
}

const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
try {
  const few = await measured(ENTRIES / 100, folder);
  const many = await measured(ENTRIES, folder);
  const more = many - few;
  console.log(
    `memory: ${more.toFixed(0)} MB more, target ${TARGET_MEGABYTES}: ${more <= TARGET_MEGABYTES ? 'met' : 'MISSED'}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
