import { join } from 'node:path';
import { readTextIfPresent, writeFileDurably } from '../base/durable-file.ts';
import { toOssError } from '../contract/errors.ts';
import {
  type SigningServiceDescription,
  signingServiceDescriptionSchema,
} from '../contract/model/signing-service.ts';
import type { SigningService } from '../optimizer/index.ts';

const AGAIN_MS = 5000;

/** What the signature service says of itself; while it is away, what it said last. */
export interface ServiceFacts {
  /** Undefined where it was never reached from this data directory. */
  readonly info: SigningServiceDescription | undefined;
  /** Why it could not be asked, where it is away. */
  readonly away: Error | undefined;
  close(): void;
}

/**
 * Asks the service, and goes on asking while it is away: finished files can be fetched without it.
 * @throws OssError where it answers, but not as a signature service does
 */
export async function serviceFacts(
  directory: string,
  service: Pick<SigningService, 'describe'>,
): Promise<ServiceFacts> {
  const path = join(directory, 'service-info.json');
  let info: SigningServiceDescription | undefined;
  let away: Error | undefined;
  const ask = async (): Promise<void> => {
    info = await service.describe();
    away = undefined;
    // For a start without the service only: where it cannot be kept, that start knows less.
    await writeFileDurably(path, JSON.stringify(info)).catch(() => undefined);
  };
  try {
    await ask();
  } catch (thrown) {
    const error = toOssError(thrown);
    if (!error.retryable) throw error;
    away = error;
    info = lastSaid(await readTextIfPresent(path));
  }
  const timer = setInterval(() => {
    if (away !== undefined) ask().catch(() => undefined);
  }, AGAIN_MS);
  timer.unref();
  return {
    get info() {
      return info;
    },
    get away() {
      return away;
    },
    close: () => clearInterval(timer),
  };
}

function lastSaid(text: string | undefined): SigningServiceDescription | undefined {
  try {
    return signingServiceDescriptionSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
