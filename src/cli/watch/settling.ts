import type { BigIntStats } from 'node:fs';

/** What changes with every write to a file, and when another takes its place. Numbers of files change on shares. */
export type Fingerprint = string;

export const fingerprintOf = ({ size, mtimeNs, ctimeNs }: BigIntStats): Fingerprint =>
  [size, mtimeNs, ctimeNs].join(' ');

interface Observed {
  readonly fingerprint: Fingerprint;
  /** When it was first seen like this, in ms of a clock that only goes forward. */
  readonly since: number;
}

/** Tells which files have stopped changing, by looking again and again: the clock of a share may be anything. */
export class Settling {
  readonly #now: () => number;
  #observed = new Map<string, Observed>();
  #next = new Map<string, Observed>();

  /** @param now milliseconds, never going back */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns for how many milliseconds the file has been like this */
  observe(file: string, status: BigIntStats): number {
    const fingerprint = fingerprintOf(status);
    const known = this.#observed.get(file);
    const observed = known?.fingerprint === fingerprint ? known : { fingerprint, since: this.#now() };
    this.#next.set(file, observed);
    return this.#now() - observed.since;
  }

  /** After each look: files that were not seen in it are forgotten. */
  endLook(): void {
    this.#observed = this.#next;
    this.#next = new Map();
  }
}
