import type { EmbeddedService, ServiceAddresses } from '../../optimizer/index.ts';

export interface SupervisionOptions {
  /** Starts a process; in the place of one that ended, on the same ports. */
  start(inPlaceOf?: ServiceAddresses): Promise<EmbeddedService>;
  pause(milliseconds: number): Promise<void>;
}

/** Pauses before each new start; a service that ends so often does not get well by itself. */
const PAUSES_MS = [100, 1000, 5000, 15_000] as const;

/**
 * An embedded service that is started again when it ends without having been told to. Its addresses stay the
 * same, so that whoever talks to it only finds it away for a moment. @throws OssError of the first start
 */
export async function superviseService({ start, pause }: SupervisionOptions): Promise<EmbeddedService> {
  let current = await start();
  let isStopping = false;
  const { ready } = current;
  const watch = async (): Promise<void> => {
    for (const milliseconds of PAUSES_MS) {
      await current.ended;
      if (isStopping) return;
      await pause(milliseconds);
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
