import { setTimeout as delay } from 'node:timers/promises';
import type { Readiness, ReadinessCheck } from '../../contract/service-api/readiness.ts';

/** A part of the service that rejects while it cannot do its work. */
export type Checks = Readonly<Record<ReadinessCheck, () => Promise<void>>>;

export interface ReadinessOptions {
  readonly checks: Checks;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** Told of each check that failed. */
  readonly onFailure: (check: ReadinessCheck, error: unknown) => void;
}

/** A check that takes longer has failed: who asks wants to know before they give up. */
const DEADLINE_MS = 3_000;
/** So long an outcome holds, however often it is asked for. */
const LIFETIME_MS = 1_000;

/** Answers whether the service can work now; asks all parts at once, and not more often than once a second. */
export function readiness({ checks, monotonic, onFailure }: ReadinessOptions): () => Promise<Readiness> {
  let last: { readonly at: number; readonly outcome: Promise<Readiness> } | undefined;
  const ask = async (name: ReadinessCheck): Promise<readonly [ReadinessCheck, 'ok' | 'failed']> => {
    try {
      await within(DEADLINE_MS, checks[name]());
      return [name, 'ok'];
    } catch (error) {
      onFailure(name, error);
      return [name, 'failed'];
    }
  };
  const askAll = async (): Promise<Readiness> => {
    const names = Object.keys(checks) as ReadinessCheck[];
    const outcomes = Object.fromEntries(await Promise.all(names.map(ask))) as Readiness['checks'];
    const isReady = Object.values(outcomes).every((outcome) => outcome === 'ok');
    return { status: isReady ? 'ready' : 'notReady', checks: outcomes };
  };
  return () => {
    const now = monotonic();
    if (last === undefined || now - last.at >= LIFETIME_MS) last = { at: now, outcome: askAll() };
    return last.outcome;
  };
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const tooLate = new AbortController();
  const deadline = delay(milliseconds, undefined, { signal: tooLate.signal, ref: false }).then(() => {
    throw new Error('the check took too long');
  });
  try {
    await Promise.race([work, deadline]);
  } finally {
    tooLate.abort();
    deadline.catch(() => undefined);
    work.catch(() => undefined);
  }
}
