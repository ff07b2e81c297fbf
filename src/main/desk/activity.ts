type Handlers = Readonly<Record<string, (...values: never[]) => unknown>>;

/** Counts the calls that work with the connection, so that it is not taken away under them. */
export class Activity {
  readonly #onIdle: () => void;
  #running = 0;

  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  get isRunning(): boolean {
    return this.#running > 0;
  }

  /** The same handlers, counted. */
  track<H extends Handlers>(handlers: H): H {
    const tracked = Object.entries(handlers).map(([verb, handle]) => [
      verb,
      async (...values: never[]) => {
        this.#running += 1;
        try {
          return await handle(...values);
        } finally {
          this.#running -= 1;
          if (this.#running === 0) this.#onIdle();
        }
      },
    ]);
    return Object.fromEntries(tracked) as H;
  }
}
