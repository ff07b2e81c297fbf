/** What ten years leave behind, and what they cost from then on: `npm run bench -- growth`. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leave } from './leave.ts';
import { type Costs, KINDS } from './measure.ts';

const SIZES = [200, 1000, 10_000] as const;
/** What ten years may cost, as a multiple of the cost of two hundred transactions. */
const GOAL = 1.5;
/** Below that much more the clock of the system decides, in ms of CPU. */
const NOTICED = 0.5;
const ROUNDS = 5;

function costsOf(directory: string): Costs {
  const program = fileURLToPath(import.meta.url);
  const costs = Object.keys(KINDS).map((kind) => {
    const output = execFileSync(process.execPath, [program, kind, directory], { encoding: 'utf8' });
    return JSON.parse(output.split('\n').at(-1) ?? '') as Costs;
  });
  return Object.assign({}, ...costs) as Costs;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compare(): Promise<void> {
  const base = mkdtempSync(join(tmpdir(), 'growth-'));
  const costs = new Map<number, Costs>();
  try {
    for (const size of SIZES) {
      const directory = join(base, String(size));
      const begun = performance.now();
      await leave(directory, size);
      const made = performance.now();
      // Once without any index: the first start after an update.
      const first = costsOf(directory);
      const words = ['desk start', 'evidence of one'].map(
        (name) => `${name} ${(first[name] ?? 0).toFixed(0)}`,
      );
      const seconds = [made - begun, performance.now() - made].map((ms) => (ms / 1000).toFixed(0));
      console.log(`${size}: made in ${seconds[0]} s, looked at for the first time in ${seconds[1]} s`);
      console.log(`${size}, once, while the indexes are made: ${words.join(', ')} ms of CPU`);
      const rounds = Array.from({ length: ROUNDS }, () => costsOf(directory));
      const medians = Object.keys(first).map((name) => [
        name,
        median(rounds.map((round) => round[name] ?? 0)),
      ]);
      costs.set(size, Object.fromEntries(medians) as Costs);
    }
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
  print(costs);
}

/** Whole processes from their begin (starts and evidence commands), or the work alone (everything else). */
function print(costs: ReadonlyMap<number, Costs>): void {
  const few = costs.get(SIZES[0]) ?? {};
  const above: string[] = [];
  console.log(`\n${'CPU ms'.padEnd(28)}${SIZES.map((size) => String(size).padStart(18)).join('')}`);
  for (const [name, base] of Object.entries(few)) {
    const cells = SIZES.map((size) => {
      const value = costs.get(size)?.[name] ?? 0;
      const factor = value / base;
      if (factor > GOAL && value - base > NOTICED) above.push(`${name} x${factor.toFixed(2)} at ${size}`);
      return `${value.toFixed(value < 10 ? 2 : 0)} x${factor.toFixed(2)}`.padStart(18);
    });
    console.log(`${name.padEnd(28)}${cells.join('')}`);
  }
  console.log(`goal x${GOAL}: ${above.length === 0 ? 'reached' : `not reached: ${above.join(', ')}`}`);
}

const [kind, directory] = process.argv.slice(2);
if (kind === undefined || directory === undefined) await compare();
else {
  const measured = await KINDS[kind as keyof typeof KINDS](directory);
  process.stdout.write(`\n${JSON.stringify(measured)}`);
  process.exit();
}
