/** A worker of the fuzzer: runs a range of numbers and tells its parent what surprises it. */
import { execute, inputOf, MAX_MEGABYTES } from './one-run.ts';
import { loadSeeds } from './seed-documents.ts';

export interface Assignment {
  readonly corpus: string;
  readonly from: number;
  readonly to: number;
  /** Between two of the runs of this worker. */
  readonly step: number;
}

export type Report =
  | {
      readonly kind: 'progress';
      readonly next: number;
      readonly signable: number;
      readonly megabytes: number;
    }
  | { readonly kind: 'surprise'; readonly run: number; readonly name: string; readonly problem: string }
  | { readonly kind: 'done' };

const PROGRESS_EVERY = 2_000;
/** Then another process goes on: the peak of one never sinks, and the slack of the collector is no finding. */
const RUNS_OF_A_PROCESS = 100_000;

const send = (report: Report): void => void process.send?.(report);

const peakMegabytes = (): number => process.resourceUsage().maxRSS / 1024;

async function work({ corpus, from, to, step }: Assignment): Promise<void> {
  const seeds = loadSeeds(corpus);
  let signable = 0;
  let sinceProgress = 0;
  for (let run = from; run < to; run += step) {
    const input = inputOf(run, seeds);
    const { outcome, problem } = await execute(input);
    if (outcome === 'signable') signable += 1;
    const memory = peakMegabytes();
    const surprise = memory > MAX_MEGABYTES ? `${problem ?? ''} peak of ${memory.toFixed(0)} MB` : problem;
    if (surprise !== undefined) send({ kind: 'surprise', run, name: input.name, problem: surprise });
    sinceProgress += 1;
    const isLast = memory > MAX_MEGABYTES || (run - from) / step >= RUNS_OF_A_PROCESS;
    if (sinceProgress === PROGRESS_EVERY || isLast) {
      send({ kind: 'progress', next: run + step, signable, megabytes: memory });
      [signable, sinceProgress] = [0, 0];
    }
    if (isLast) return;
  }
  send({ kind: 'progress', next: to, signable, megabytes: peakMegabytes() });
  send({ kind: 'done' });
}

// Nobody listens any more.
process.once('disconnect', () => process.exit());
process.once('message', (assignment: Assignment) => {
  void work(assignment).then(() => process.disconnect());
});
