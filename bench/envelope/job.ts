/** What a tool is asked to do, and what it answers: one line of JSON each way, whatever its language. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const jobSchema = z.object({
  inputs: z.array(z.string()),
  /** Folder for the signed files; what stands there is overwritten. */
  output: z.string(),
  rounds: z.number(),
  credentials: z.object({
    key: z.string(),
    certificate: z.string(),
    chain: z.string(),
    anchor: z.string(),
    pkcs12: z.string(),
  }),
});
export type Job = z.infer<typeof jobSchema>;

const roundSchema = z.object({
  /** Milliseconds for all documents. */
  ms: z.number(),
  /** Of these: waiting until the disk has what was written. */
  syncMs: z.number().default(0),
  /** By step, where a tool tells; what is not signing stands beside `ms`. */
  parts: z.record(z.string(), z.number()).default({}),
});
export type Round = z.input<typeof roundSchema>;

export const outcomeSchema = z.object({
  rounds: z.array(roundSchema),
  peakMegabytes: z.number(),
  /** Through the file system in the first round, from memory or from the disk. */
  megabytesRead: z.number(),
  megabytesWritten: z.number(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** Runs the rounds in this process and tells what it cost (Linux: /proc/self). */
export async function runJob(round: (job: Job) => Promise<Round>): Promise<void> {
  const job = jobSchema.parse(JSON.parse(process.argv[2] ?? ''));
  const rounds: Outcome['rounds'] = [];
  let used = { read: 0, written: 0 };
  for (let index = 0; index < job.rounds; index += 1) {
    const before = bytesUsed();
    rounds.push(roundSchema.parse(await round(job)));
    const after = bytesUsed();
    if (index === 0) used = { read: after.read - before.read, written: after.written - before.written };
  }
  const outcome: Outcome = {
    rounds,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    megabytesRead: used.read / 1e6,
    megabytesWritten: used.written / 1e6,
  };
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}

function bytesUsed(): { read: number; written: number } {
  const io = readFileSync('/proc/self/io', 'latin1');
  const entry = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1] ?? 0);
  return { read: entry('rchar'), written: entry('wchar') };
}
