/** Counters of the service, in memory; anyone who publishes them reads `samples` (Prometheus: text format 0.0.4). */

export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  /** @param by not negative; 1 unless given */
  add(labels: Labels, by?: number): void;
}

export interface Metrics {
  /** The counter of that name, made when it is first asked for. @param help one sentence */
  counter(name: string, help: string): Counter;
  /** Every counter with its values, in the order in which they were made. */
  samples(): readonly Sample[];
}

export interface Sample {
  readonly name: string;
  readonly help: string;
  readonly values: readonly { readonly labels: Labels; readonly value: number }[];
}

interface Held {
  readonly help: string;
  readonly values: Map<string, { readonly labels: Labels; value: number }>;
}

export function createMetrics(): Metrics {
  const counters = new Map<string, Held>();
  return {
    counter(name, help) {
      const held = counters.get(name) ?? { help, values: new Map() };
      counters.set(name, held);
      return {
        add(labels, by = 1) {
          const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
          const entry = held.values.get(key) ?? { labels, value: 0 };
          entry.value += by;
          held.values.set(key, entry);
        },
      };
    },
    samples: () =>
      [...counters].map(([name, { help, values }]) => ({
        name,
        help,
        values: [...values.values()].map(({ labels, value }) => ({ labels, value })),
      })),
  };
}
