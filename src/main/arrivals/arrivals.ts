import { type Arrival, filesOf, MOST_FILES } from './read-command-line.ts';

/** Of links; files are kept together. */
const MOST_WAITING = 10;

/**
 * What the system has handed over and the clerk's window has not taken yet: it may come before there is a window, and
 * many times a second. Files that come one by one, as Windows hands over a selection, are picked together.
 */
export class Arrivals {
  #waiting: Arrival[] = [];
  #onArrived: () => void = () => undefined;

  /** Told about everything that comes from now on. */
  tell(listener: () => void): void {
    this.#onArrived = listener;
  }

  add(arrival: Arrival | undefined): void {
    if (!arrival) return;
    const last = this.#waiting.at(-1);
    if (arrival.kind === 'files' && last?.kind === 'files') {
      const together = filesOf([...last.paths, ...arrival.paths].slice(0, MOST_FILES));
      if (together) this.#waiting[this.#waiting.length - 1] = together;
    } else if (this.#waiting.length < MOST_WAITING) {
      this.#waiting.push(arrival);
    }
    this.#onArrived();
  }

  /** What came first. A link is gone with it; files wait until they are picked. */
  next(): Arrival | undefined {
    return this.#waiting[0]?.kind === 'files' ? this.#waiting[0] : this.#waiting.shift();
  }

  /** Paths of the files that wait, which wait no longer. */
  takeFiles(): readonly string[] {
    const [first] = this.#waiting;
    if (first?.kind !== 'files') return [];
    this.#waiting.shift();
    return first.paths;
  }
}
