/** What may fail while the service runs: a device with its keys, the list of an offline root. */
import { endingCrl } from './ca/load-authorities.ts';
import type { ServiceConfig } from './config/service-config.ts';
import { describeCause } from './http/error-handler.ts';
import { type KeyHealth, keyHealth } from './keys/key-health.ts';
import type { Foundation } from './open-foundation.ts';
import { checkKeys } from './readiness/check-keys.ts';
import type { ServicePorts } from './service-ports.ts';

const WARN_EVERY_MS = 60 * 60_000;

/** Takes the newest list of an offline root, and says every hour that it ends soon. */
export function rootCrlWatch({ authorities }: Foundation, { clock, log }: ServicePorts): () => Promise<void> {
  let warnedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (authorities.readOfflineRootCrl === undefined || authorities.root.signer !== undefined) return;
    await authorities.readOfflineRootCrl();
    const now = clock();
    const warning = endingCrl(authorities.offlineRootCrl, now);
    if (warning === undefined || now.getTime() - warnedAt < WARN_EVERY_MS) return;
    warnedAt = now.getTime();
    log.warn({ warning }, 'the list of the root ends');
  };
}

/** A device may go at any time; keys in our own memory cannot. */
export const watchKeys = (
  { keys }: Pick<ServiceConfig, 'keys'>,
  { authorities }: Foundation,
  { clock, randomBytes, log }: ServicePorts,
): KeyHealth =>
  keys.type === 'software'
    ? {
        assertAvailable: async () => undefined,
        examine: () => checkKeys(authorities, clock, randomBytes),
      }
    : keyHealth({
        check: () => checkKeys(authorities, clock, randomBytes),
        monotonic: () => performance.now(),
        onChange: (reason) =>
          reason === undefined
            ? log.warn('the keys are back')
            : log.error({ cause: describeCause(new Error('', { cause: reason })) }, 'the keys are lost'),
      });
