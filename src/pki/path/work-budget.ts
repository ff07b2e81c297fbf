/** How much a verification may cost: files choose what is tried, we choose how often. */
import { PkiError } from '../errors.ts';

/** Enough for thousands of signatures in one file, and a few seconds of one processor. */
const DEFAULT_UNITS = 50_000;

/** Counts signature checks, with one on P-256 as 1. A part counts for the whole, too. */
export class WorkBudget {
  #left: number;
  readonly #whole: WorkBudget | undefined;

  constructor(units = DEFAULT_UNITS, whole?: WorkBudget) {
    this.#left = units;
    this.#whole = whole;
  }

  /** @throws PkiError `over-the-bound`; `what` is part of a sentence about what would have had to be tried. */
  spend(units: number, what: string): void {
    this.#left -= units;
    if (this.#left < 0) throw new PkiError('over-the-bound', what);
    this.#whole?.spend(units, what);
  }

  part(units: number): WorkBudget {
    return new WorkBudget(units, this);
  }
}
