/** What ten years leave behind, and what they cost the next start: `npm run bench -- growth`. */
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Optimizer, type SigningService } from '../../src/optimizer/index.ts';
import { makeHierarchy } from '../../test/support/pki-hierarchy.ts';

const SIZES = [200, 1000, 10_000] as const;
/** What ten years may cost, as a multiple of the cost of two hundred transactions. */
const GOAL = 1.5;
const ROUNDS = 3;
const FONT = join(process.cwd(), 'resources/fonts/NotoSans-Regular.ttf');

interface Costs {
  /** CPU milliseconds of a whole process: until it is ready, and until it has done one thing. */
  readonly start: number;
  readonly list: number;
  readonly resume: number;
  readonly retention: number;
  readonly openFiles: number;
  readonly megabytes: number;
}

function line(at: string, event: unknown): string {
  const json = JSON.stringify({ at, event });
  return `${createHash('sha256').update(json).digest('hex').slice(0, 16)} ${json}\n`;
}

/** Journals of transactions that have ended and are sealed, as ten years leave them. */
function leave(directory: string, count: number): void {
  for (let number = 0; number < count; number += 1) {
    const id = `tx_${String(number).padStart(24, '0')}`;
    const at = new Date(Date.UTC(2016, 0, 1) + number * 3_600_000).toISOString();
    const folder = join(directory, 'transactions', id);
    mkdirSync(folder, { recursive: true });
    const created = {
      type: 'created',
      id,
      profile: 'single-use-p256',
      registrationAuthority: '1000',
      level: 'B-T',
      identity: {
        givenName: 'Ada',
        surname1: 'Lovelace',
        idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
        email: 'ada@example.com',
        mobilePhone: '+34600111222',
        language: 'en',
      },
      documents: [],
    };
    const acts = Array.from({ length: 20 }, () =>
      line(at, { type: 'failed', step: 'register', code: 'OSS_SERVICE_UNREACHABLE' }),
    );
    const sealed = { type: 'sealed', sequence: number + 1, hash: '0'.repeat(64) };
    const lines = [line(at, created), ...acts, line(at, { type: 'cancelled' }), line(at, sealed)];
    writeFileSync(join(folder, 'journal.jsonl'), lines.join(''));
  }
}

async function measure(directory: string): Promise<Costs> {
  const cpu = (since?: NodeJS.CpuUsage): number => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1000;
  };
  const costOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = process.cpuUsage();
    await work();
    return cpu(before);
  };
  const { root } = await makeHierarchy();
  const optimizer = await Optimizer.open({
    dataDirectory: directory,
    service: {} as SigningService,
    anchors: new X509Certificate(Buffer.from(root.certificate.der)).toString(),
    signatureFontPath: FONT,
  });
  await optimizer.resume();
  const start = cpu();
  const list = start + (await costOf(() => optimizer.list()));
  const resume = start + (await costOf(() => optimizer.resume()));
  const retention = start + (await costOf(() => optimizer.removeEnded(new Date(0))));
  const openFiles = readdirSync('/proc/self/fd').length;
  const megabytes = process.memoryUsage().rss / 2 ** 20;
  await optimizer.close();
  return { start, list, resume, retention, openFiles, megabytes };
}

function costsOf(directory: string): Costs {
  const program = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, [program, directory], { encoding: 'utf8' })) as Costs;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function compare(): void {
  const columns = ['start', 'list', 'resume', 'retention', 'openFiles', 'megabytes'] as const;
  const base = mkdtempSync(join(tmpdir(), 'growth-'));
  const costs = new Map<number, Costs>();
  try {
    for (const size of SIZES) {
      const directory = join(base, String(size));
      leave(directory, size);
      // Once without the index: the first start after an update.
      const first = costsOf(directory);
      const rounds = Array.from({ length: ROUNDS }, () => costsOf(directory));
      const entries = columns.map((name) => [name, median(rounds.map((round) => round[name]))] as const);
      costs.set(size, Object.fromEntries(entries) as unknown as Costs);
      const words = entries.map(([name, value]) => `${name} ${value.toFixed(1)}`);
      console.log(
        `${size}: ${words.join(', ')} (start without the index ${first.start.toFixed(0)} ms of CPU)`,
      );
    }
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
  const few = costs.get(SIZES[0]);
  for (const size of SIZES.slice(1)) {
    const many = costs.get(size);
    if (!few || !many) continue;
    const factors = columns.map((name) => [name, many[name] / few[name]] as const);
    const words = factors.map(([name, factor]) => `${name} x${factor.toFixed(2)}`);
    const isReached = factors.every(([, factor]) => factor <= GOAL);
    console.log(
      `${size} / ${SIZES[0]}: ${words.join(', ')} (goal x${GOAL}: ${isReached ? 'reached' : 'not reached'})`,
    );
  }
}

const [directory] = process.argv.slice(2);
if (directory === undefined) compare();
else process.stdout.write(JSON.stringify(await measure(directory)));
