/** `npm run fuzz`: many runs in worker processes, with a state on disk from which it goes on. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inputOf } from './one-run.ts';
import { loadSeeds } from './seed-documents.ts';
import type { Assignment, Report } from './worker.ts';

/** Without a sign of life for this long a worker hangs. */
const SILENCE = 120_000;
const STATUS_EVERY = 30_000;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    workers: { type: 'string', default: '1' },
    state: { type: 'string', default: '.cache/fuzz' },
    again: { type: 'boolean', default: false },
  },
});
const [runs, workers] = [Number(values.runs), Number(values.workers)];
const corpus = join(process.cwd(), 'test/corpus');
const folder = join(process.cwd(), values.state);
const statePath = join(folder, `state-${workers}.json`);
mkdirSync(join(folder, 'found'), { recursive: true });

/** The next run of each worker. */
const next: number[] =
  existsSync(statePath) && !values.again
    ? (JSON.parse(readFileSync(statePath, 'utf8')) as number[])
    : Array.from({ length: workers }, (_, index) => index);
const seeds = loadSeeds(corpus);
const started = performance.now();
const before = next.reduce((sum, one) => sum + Math.floor(one / workers), 0);
let [signable, surprises, peak] = [0, 0, 0];

function keep(run: number, name: string, problem: string): void {
  surprises += 1;
  const path = join(folder, 'found', `run-${run}.pdf`);
  writeFileSync(path, inputOf(run, seeds).bytes);
  writeFileSync(`${path}.txt`, `run ${run}, from ${name}\n${problem}\n`);
  process.stdout.write(`SURPRISE run ${run} (${name}): ${problem.split('\n', 2).join(' ')}\n`);
}

function status(): void {
  const done = next.reduce((sum, one) => sum + Math.floor(Math.min(one, runs) / workers), 0);
  const rate = (done - before) / ((performance.now() - started) / 1_000);
  process.stdout.write(
    `${done} of ${runs} runs, ${rate.toFixed(0)}/s, ${signable} signable, peak ${peak.toFixed(0)} MB, ${surprises} surprises\n`,
  );
  writeFileSync(statePath, JSON.stringify(next));
}

/** One worker until its last run; one that ends early is followed by another. */
async function runWorker(index: number): Promise<void> {
  while ((next[index] ?? runs) < runs) {
    const from = next[index] ?? 0;
    const child = fork(join(import.meta.dirname, 'worker.js'), { execArgv: ['--max-old-space-size=128'] });
    const assignment: Assignment = { corpus, from, to: runs, step: workers };
    const isDone = await follow(child, index, assignment);
    if (isDone) return;
    if (next[index] === from) {
      // It died or hung before it could say how far it came: one of the next runs is to blame.
      keep(from, 'unknown', 'the worker ended without a word in this run or soon after it');
      next[index] = from + 2_000 * workers;
    }
  }
}

function follow(child: ChildProcess, index: number, assignment: Assignment): Promise<boolean> {
  return new Promise((resolve) => {
    let isDone = false;
    let silence = setTimeout(() => child.kill('SIGKILL'), SILENCE);
    child.on('message', (report: Report) => {
      clearTimeout(silence);
      silence = setTimeout(() => child.kill('SIGKILL'), SILENCE);
      if (report.kind === 'surprise') keep(report.run, report.name, report.problem);
      if (report.kind === 'done') isDone = true;
      if (report.kind !== 'progress') return;
      next[index] = report.next;
      signable += report.signable;
      peak = Math.max(peak, report.megabytes);
    });
    child.on('exit', () => {
      clearTimeout(silence);
      resolve(isDone);
    });
    child.send(assignment);
  });
}

const timer = setInterval(status, STATUS_EVERY);
await Promise.all(next.map((_, index) => runWorker(index)));
clearInterval(timer);
status();
process.exitCode = surprises === 0 ? 0 : 1;
