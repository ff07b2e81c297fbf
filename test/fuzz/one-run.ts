/** One execution of the fuzzer: which document, how damaged, and what came of it. */
import { exercise, type Outcome } from './exercise.ts';
import { mutate } from './mutate.ts';
import { oneOf, randomGenerator } from './random.ts';
import type { Seed } from './seed-documents.ts';

export const MAX_MILLISECONDS = 1_000;
export const MAX_MEGABYTES = 256;

export interface RunInput {
  readonly name: string;
  readonly bytes: Buffer;
  readonly password: string | undefined;
}

export interface RunResult {
  readonly outcome: Outcome | 'surprise';
  /** Why it is a surprise. */
  readonly problem: string | undefined;
}

/** The number of the run decides everything. */
export function inputOf(run: number, seeds: readonly Seed[]): RunInput {
  const random = randomGenerator(Math.imul(run, 0x9e3779b1));
  const seed = oneOf(seeds, random);
  return { name: seed.name, bytes: mutate(seed, seeds, random), password: seed.password };
}

/** Processor time counts, so that a busy machine is not taken for a hang. */
export async function execute({ bytes, password }: RunInput): Promise<RunResult> {
  const started = performance.now();
  const before = process.cpuUsage();
  try {
    const outcome = await exercise(bytes, password);
    return { outcome, problem: slowness(started, before) };
  } catch (thrown) {
    const problem = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { outcome: 'surprise', problem };
  }
}

function slowness(started: number, before: NodeJS.CpuUsage): string | undefined {
  if (performance.now() - started <= MAX_MILLISECONDS) return undefined;
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1_000;
  return milliseconds > MAX_MILLISECONDS ? `took ${milliseconds.toFixed(0)} ms` : undefined;
}
