import type { Runtime } from './surroundings.ts';

/**
 * When security fixes end, by major version. Node: github.com/nodejs/release, schedule.json. Electron: a version ends
 * when the third after it appears (electronjs.org/docs/latest/tutorial/electron-timelines); for those of which that
 * has not happened yet, eight weeks a version are counted.
 */
const ENDS: Readonly<Record<Runtime['name'], Readonly<Record<number, string>>>> = Object.freeze({
  Node: {
    16: '2023-09-11',
    17: '2022-06-01',
    18: '2025-04-30',
    19: '2023-06-01',
    20: '2026-04-30',
    21: '2024-06-01',
    22: '2027-04-30',
    23: '2025-06-01',
    24: '2028-04-30',
    25: '2026-06-01',
    26: '2029-04-30',
  },
  Electron: {
    38: '2026-03-11',
    39: '2026-05-06',
    40: '2026-07-01',
    41: '2026-08-25',
    42: '2026-10-21',
    43: '2026-12-16',
    44: '2027-02-10',
    45: '2027-04-07',
  },
});

/** @returns undefined for a version that is newer than this table; one older than it has ended before the first */
export function endOfLife({ name, version }: Runtime): Date | undefined {
  const major = Number.parseInt(version, 10);
  const known = ENDS[name];
  const [oldest = 0] = Object.keys(known).map(Number);
  const end = known[Math.max(major, oldest)];
  return end === undefined ? undefined : new Date(`${end}T00:00:00Z`);
}
