/** `npm run bench -- envelope`: what a signed envelope costs, beside the peers and the physical limit. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { note } from '../summary/note.mjs';
import { makeCredentials } from './credentials.ts';
import { type Job, type Outcome, outcomeSchema } from './job.ts';
import { makeSamples, SAMPLE_NAMES, type Sample } from './sample-files.ts';
import { LIMIT, OURS, peers, type Tool } from './tools.ts';

const FOLDER = join(process.cwd(), '.cache', 'bench', 'work');
const OUTPUT = join(FOLDER, 'signed');
/** Signing that much in one run is measured once or twice, the rest often enough for a median. */
const LARGE = 50e6;
/** So little that what a compiler at run time has not compiled yet would decide. */
const SMALL = 100e3;

interface Case {
  readonly name: string;
  readonly copies: number;
}

interface Result {
  /** Milliseconds without flushing, and the flushing. */
  readonly net: number;
  readonly flush: number;
  readonly outcome: Outcome;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The warm half of the rounds. */
const warm = <T>(rounds: readonly T[]): readonly T[] => rounds.slice(Math.floor(rounds.length / 2));

async function run(
  tool: Tool,
  samples: readonly Sample[],
  rounds: number,
  job: Omit<Job, 'inputs' | 'rounds'>,
): Promise<Result | string> {
  const [program = '', ...before] = tool.command;
  const input = JSON.stringify({ ...job, inputs: samples.map(({ path }) => path), rounds });
  const child = spawn(program, [...before, input, ...tool.arguments], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [response, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const line = response.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) return complaint.match(/^.*(Error|Exception).*$/m)?.[0].slice(0, 80) ?? 'failed';
  const outcome = outcomeSchema.parse(JSON.parse(line));
  const measured = warm(outcome.rounds);
  return {
    outcome,
    net: median(measured.map(({ ms, syncMs }) => ms - syncMs)),
    flush: median(measured.map(({ syncMs }) => syncMs)),
  };
}

const roundsFor = (tool: Tool, bytes: number): number => {
  if (bytes > LARGE) return bytes > 500e6 ? 1 : 3;
  const often = tool === OURS || tool === LIMIT;
  if (bytes < SMALL) return often ? 400 : 150;
  return often ? 100 : 30;
};

async function measure(
  { name, copies }: Case,
  tools: readonly Tool[],
  job: Omit<Job, 'inputs' | 'rounds'>,
): Promise<void> {
  const samples = await makeSamples(join(FOLDER, 'samples'), name, copies);
  const bytes = samples.reduce((sum, sample) => sum + sample.bytes, 0);
  print(`\n${name} x ${copies} (${(bytes / 1e6).toFixed(2)} MB), load ${loadavg()[0]?.toFixed(1)}`);
  print(
    row(['tool', 'ms', '+ flush', 'x limit', 'x with flush', 'peak MB', 'read MB', 'written MB', 'pdfsig']),
  );
  // What is compared runs next to each other, and the faster run of each counts: others use this machine too.
  const repeated = bytes > LARGE ? [LIMIT, OURS, LIMIT, OURS] : [LIMIT, OURS];
  const best = new Map<Tool, Result>();
  for (const tool of [...repeated, ...tools.filter(({ upTo }) => bytes <= upTo)]) {
    const rounds = Math.max(1, Math.round(roundsFor(tool, bytes) / (copies > 1 ? 10 : 1)));
    const result = await run(tool, samples, rounds, job);
    if (typeof result === 'string') {
      print(row([tool.name, result]));
      continue;
    }
    const earlier = best.get(tool);
    if (!earlier || result.net < earlier.net) best.set(tool, result);
    if (repeated.includes(tool) && repeated.length > 2 && !earlier) continue;
    const limit = best.get(LIMIT) ?? result;
    show(tool, best.get(tool) ?? result, limit, samples);
    if (tool === OURS)
      note({
        what: `sign ${name} x ${copies}`,
        value: (best.get(tool) ?? result).net,
        unit: 'ms',
        limit: limit.net,
      });
  }
}

function show(tool: Tool, { net, flush, outcome }: Result, limit: Result, samples: readonly Sample[]): void {
  const signed = tool === LIMIT ? '' : validity(samples[0]);
  print(
    row([
      tool.name,
      net.toFixed(2),
      flush.toFixed(2),
      (net / limit.net).toFixed(2),
      ((net + flush) / (limit.net + limit.flush)).toFixed(2),
      outcome.peakMegabytes.toFixed(0),
      outcome.megabytesRead.toFixed(2),
      outcome.megabytesWritten.toFixed(2),
      signed,
    ]),
  );
  const steps = Object.keys(outcome.rounds[0]?.parts ?? {});
  if (steps.length === 0) return;
  const of = (step: string): number =>
    median(warm(outcome.rounds).map(({ parts }) => (parts[step] ?? 0) / samples.length));
  print(
    `    ${steps.map((step) => `${step} ${of(step).toFixed(2)}`).join(', ')} (ms a document, without flushing)`,
  );
  const sum = (names: readonly string[]): number => names.reduce((total, name) => total + of(name), 0);
  const compared = sum(tool === OURS ? ['prepare', 'service', 'embed', 'verify'] : steps);
  if (tool === OURS) {
    ours = compared;
    print(`    prepare + embed + verify: ${sum(['prepare', 'embed', 'verify']).toFixed(2)} ms a document`);
  } else {
    print(`    signing with RSA and verifying: ${(compared / ours).toFixed(1)} times as long as One-Shot`);
  }
}

/** Milliseconds a document for the steps that a peer has too. */
let ours = Number.NaN;

/** An outside word on the file that the last round left. */
function validity(sample: Sample | undefined): string {
  const path = join(OUTPUT, basename(sample?.path ?? ''));
  const { stdout } = spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' });
  return stdout?.includes('Signature is Valid') ? 'valid' : 'NOT VALID';
}

const WIDTHS = [18, 11, 10, 9, 13, 9, 10, 11, 10];
const row = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0] ?? 0) : cell.padStart(WIDTHS[index] ?? 0)))
    .join(' ');

/** `--alone`: beside the limit only, in seconds instead of minutes. */
const isAlone = process.argv.includes('--alone');
const wanted = process.argv.slice(2).filter((name) => name !== '--alone');
const CASES: readonly Case[] = [
  ...SAMPLE_NAMES.map((name) => ({ name, copies: 1 })),
  { name: '10 KB', copies: 100 },
].filter(
  ({ name, copies }) => wanted.length === 0 || wanted.includes(copies === 1 ? name : `${name} x ${copies}`),
);

mkdirSync(OUTPUT, { recursive: true });
const { tools, missing } = isAlone ? { tools: [], missing: [] } : peers();
for (const sentence of missing) print(`Left out: ${sentence}.`);
print(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`);
const credentials = await makeCredentials(join(FOLDER, 'credentials'));
for (const one of CASES) await measure(one, tools, { output: OUTPUT, credentials });
