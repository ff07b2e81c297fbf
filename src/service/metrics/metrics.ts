/** What the service counts and measures, in a Prometheus registry of its own (text format 0.0.4). */
import { collectDefaultMetrics, Gauge, Histogram, Counter as PromCounter, Registry } from 'prom-client';

export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  /** @param by not negative; 1 unless given */
  add(labels: Labels, by?: number): void;
}

export interface Distribution {
  /** @param seconds not negative */
  observe(labels: Labels, seconds: number): void;
}

export interface Sample {
  readonly name: string;
  readonly help: string;
  readonly values: readonly { readonly labels: Labels; readonly value: number }[];
}

/** A value of now, for each of its labels. */
export type Reading = readonly (readonly [labels: Labels, value: number])[];

export interface Metrics {
  /** The counter of that name, made when it is first asked for. @param help one sentence */
  counter(name: string, help: string, labels: readonly string[]): Counter;
  /** How long something took. */
  duration(name: string, help: string, labels: readonly string[]): Distribution;
  /** Read when somebody looks; what cannot be read then is left out. */
  gauge(name: string, help: string, labels: readonly string[], read: () => Promise<Reading>): void;
  /** Every counter with its values, in the order in which they were made. */
  samples(): readonly Sample[];
  /** As Prometheus reads it. */
  text(): Promise<string>;
}

/** From a call that finds everything in memory to one that waits for a device. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Longer, and what is read is no reading of now. */
const PATIENCE_MS = 2_000;

export function createMetrics(): Metrics {
  const registry = new Registry();
  const counters = new Map<string, HeldCounter>();
  let isWatched = false;
  return {
    counter(name, help, labelNames) {
      const held = counters.get(name) ?? new HeldCounter(registry, name, help, labelNames);
      counters.set(name, held);
      return held;
    },
    duration(name, help, labelNames) {
      const histogram = new Histogram({
        ...{ name, help, labelNames, buckets: BUCKETS, registers: [registry] },
      });
      return { observe: (labels, seconds) => histogram.observe({ ...labels }, seconds) };
    },
    gauge(name, help, labelNames, read) {
      const gauge: Gauge = new Gauge({
        ...{ name, help, labelNames, registers: [registry] },
        async collect() {
          gauge.reset();
          for (const [labels, value] of await withinPatience(read)) gauge.set({ ...labels }, value);
        },
      });
    },
    samples: () => [...counters.values()].map((held) => held.sample()),
    async text() {
      // Memory, event loop, garbage collection: watched from when somebody looks, which costs something.
      if (!isWatched) collectDefaultMetrics({ register: registry });
      isWatched = true;
      return registry.metrics();
    },
  };
}

async function withinPatience(read: () => Promise<Reading>): Promise<Reading> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Reading>((settle) => {
    timer = setTimeout(settle, PATIENCE_MS, []);
  });
  try {
    return await Promise.race([read().catch(() => []), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

class HeldCounter implements Counter {
  readonly #counter: PromCounter;
  readonly #name: string;
  readonly #help: string;
  readonly #values = new Map<string, { readonly labels: Labels; value: number }>();

  constructor(registry: Registry, name: string, help: string, labelNames: readonly string[]) {
    this.#counter = new PromCounter({ name, help, labelNames, registers: [registry] });
    this.#name = name;
    this.#help = help;
  }

  add(labels: Labels, by = 1): void {
    this.#counter.inc({ ...labels }, by);
    const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    const entry = this.#values.get(key) ?? { labels, value: 0 };
    entry.value += by;
    this.#values.set(key, entry);
  }

  sample(): Sample {
    const values = [...this.#values.values()].map(({ labels, value }) => ({ labels, value }));
    return { name: this.#name, help: this.#help, values };
  }
}
