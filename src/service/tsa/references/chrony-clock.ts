import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ClockReading, ClockReference } from './port.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 2_000;

/** What `chronyc -c tracking` prints, by position (chronyc(1)): seconds, and the state of the leap second. */
const FIELD = { correction: 4, rootDelay: 10, rootDispersion: 11, leapStatus: 13 } as const;

/** @throws Error where chrony has no source that it trusts, or prints something else */
export function readTracking(line: string): ClockReading {
  const fields = line.trim().split(',');
  const status = fields[FIELD.leapStatus];
  if (status === undefined || !['Normal', 'Insert second', 'Delete second'].includes(status)) {
    throw new Error(`chrony is not synchronised: ${status ?? 'no status'}`);
  }
  const [correction = Number.NaN, delay = Number.NaN, dispersion = Number.NaN] = [
    FIELD.correction,
    FIELD.rootDelay,
    FIELD.rootDispersion,
  ].map((field) => Number(fields[field]) * 1000);
  // The largest error of a clock that NTP keeps (RFC 5905 §3): half of the root delay and the root dispersion.
  const reading = { ahead: correction, bound: delay / 2 + dispersion };
  if (!Number.isFinite(reading.ahead) || !Number.isFinite(reading.bound))
    throw new Error('not a tracking line');
  return reading;
}

/** What the NTP daemon of this machine knows of its clock. @param command the program, `chronyc` */
export const chronyClock = (command: string): ClockReference => ({
  name: 'chrony',
  async read() {
    const { stdout } = await run(command, ['-c', 'tracking'], { timeout: TIMEOUT_MS, maxBuffer: 16 * 1024 });
    return readTracking(stdout);
  },
});
