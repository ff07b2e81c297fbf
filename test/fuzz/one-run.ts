/** One execution of the fuzzer: which document, how damaged, and what came of it. */
import { exercise, type Outcome } from './exercise.ts';
import { mutate } from './mutate.ts';
import { oneOf, type Random, randomGenerator } from './random.ts';
import { type Seed, SMALL_DOCUMENTS } from './seed-documents.ts';

export const MAX_MILLISECONDS = 1_000;
export const MAX_MEGABYTES = 256;
const LARGE = 6_000;

export interface RunInput {
  readonly run: number;
  readonly name: string;
  readonly bytes: Buffer;
  readonly password: string | undefined;
}

export interface RunResult {
  readonly outcome: Outcome | 'surprise';
  /** Why it is a surprise. */
  readonly problem: string | undefined;
}

/** Small documents say as much in less time; a key of AES-256 is slow on purpose (ISO 32000-2 §7.6.4.3.4). */
function chosen(seeds: readonly Seed[], random: Random): Seed {
  const seed = oneOf(seeds, random);
  const isSlow = seed.name.includes('aes256') && random(32) > 0;
  const isLarge = seed.bytes.length > LARGE && random(4) > 0;
  return isSlow || isLarge ? oneOf(seeds.slice(0, SMALL_DOCUMENTS), random) : seed;
}

/** The number of the run decides everything. */
export function inputOf(run: number, seeds: readonly Seed[]): RunInput {
  const random = randomGenerator(Math.imul(run, 0x9e3779b1));
  const seed = chosen(seeds, random);
  return { run, name: seed.name, bytes: mutate(seed, seeds, random), password: seed.password };
}

export async function execute(input: RunInput): Promise<RunResult> {
  Error.stackTraceLimit = 0; // most runs end in a refusal, and a stack is a third of its price
  const started = performance.now();
  try {
    const outcome = await exercise(input.bytes, input.password, input.run);
    const isSlow = performance.now() - started > MAX_MILLISECONDS;
    return { outcome, problem: isSlow ? await slowness(input) : undefined };
  } catch {
    return { outcome: 'surprise', problem: await explained(input) };
  }
}

/** The same failure again, now with its stack. */
async function explained({ bytes, password, run }: RunInput): Promise<string> {
  Error.stackTraceLimit = 20;
  try {
    await exercise(bytes, password, run);
    return 'a failure that does not repeat';
  } catch (thrown) {
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
}

/** Once more, by the time of the processor: a busy machine is no hang. */
async function slowness({ bytes, password, run }: RunInput): Promise<string | undefined> {
  const before = process.cpuUsage();
  await exercise(bytes, password, run);
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1_000;
  return milliseconds > MAX_MILLISECONDS ? `took ${milliseconds.toFixed(0)} ms` : undefined;
}
