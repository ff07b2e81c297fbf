import type { Clock } from '../../../base/clock.ts';
import type { ClockReading, ClockReference } from './port.ts';

/** The shortest of so many round trips is the nearest to the truth. */
const ROUND_TRIPS = 3;

export interface DatabaseClockOptions {
  readonly clock: Clock;
  readonly monotonic: () => number;
  /** Milliseconds since the epoch as the server has them. */
  readonly readClock: () => Promise<number>;
}

/** The clock of the database server, which all processes of one service share: within half of the round trip. */
export const databaseClock = ({ clock, monotonic, readClock }: DatabaseClockOptions): ClockReference => ({
  name: 'database',
  async read() {
    let best: ClockReading = { ahead: 0, bound: Number.POSITIVE_INFINITY };
    for (let trip = 0; trip < ROUND_TRIPS; trip += 1) {
      const [asked, start] = [monotonic(), clock().getTime()];
      const theirs = await readClock();
      const bound = (monotonic() - asked) / 2;
      if (bound < best.bound) best = { ahead: start + bound - theirs, bound };
    }
    return best;
  },
});
