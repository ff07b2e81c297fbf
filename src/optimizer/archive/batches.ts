/** Collects what is written together. */
export class Batches<Entry, Key> {
  readonly #size: number;
  readonly #write: (entries: readonly Entry[], kept: readonly Key[]) => void;
  #entries: Entry[] = [];
  #kept: Key[] = [];

  constructor(size: number, write: (entries: readonly Entry[], kept: readonly Key[]) => void) {
    this.#size = size;
    this.#write = write;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    this.#flushIfFull();
  }

  /** What is as it was. */
  keep(key: Key): void {
    this.#kept.push(key);
    this.#flushIfFull();
  }

  flush(): void {
    if (this.#entries.length + this.#kept.length === 0) return;
    const [entries, kept] = [this.#entries, this.#kept];
    this.#entries = [];
    this.#kept = [];
    this.#write(entries, kept);
  }

  #flushIfFull(): void {
    if (this.#entries.length + this.#kept.length >= this.#size) this.flush();
  }
}
