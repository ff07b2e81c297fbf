import { type Backoff, backoff } from '../../base/backoff.ts';
import type { EmbeddedService, ServiceAddresses } from './embedded-service.ts';

export interface SupervisionOptions {
  /** Starts a process; in the place of one that ended, on the same ports. */
  start(inPlaceOf?: ServiceAddresses): Promise<EmbeddedService>;
  pause(milliseconds: number): Promise<void>;
  /** A monotonic clock, in milliseconds. */
  now(): number;
}

/** Before each new start of a series of them; never given up, for a desk cannot do without. */
const RESTARTS: Backoff = { stepsMs: [100, 1000, 5000, 15_000] };
/** A service that has run for so long was well: the next end begins a new series. */
const WELL_AFTER_MS = 60_000;

/**
 * An embedded service that is started again when it ends without having been told to. Its addresses stay the
 * same, so that anyone who talks to it only finds it away for a moment. @throws OssError of the first start
 */
export async function superviseService({ start, pause, now }: SupervisionOptions): Promise<EmbeddedService> {
  let current = await start();
  let startedAt = now();
  let isStopping = false;
  const { ready } = current;
  const watch = async (): Promise<void> => {
    for (let failures = 0; ; failures += 1) {
      await current.ended;
      if (isStopping) return;
      if (now() - startedAt >= WELL_AFTER_MS) failures = 0;
      startedAt = now();
      await pause(backoff(RESTARTS, failures + 1));
      if (isStopping) return;
      // A start that fails is tried again after the next pause; calls meanwhile say that the service is away.
      const next = await start(ready).catch(() => undefined);
      if (!next) continue;
      if (isStopping) return next.stop();
      current = next;
    }
  };
  const ended = watch();
  return {
    ready,
    ended,
    async stop() {
      isStopping = true;
      await current.stop();
    },
  };
}
