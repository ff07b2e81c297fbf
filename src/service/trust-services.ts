/** Time stamps, status and the clock that both stand on. */
import { authorityDirectory } from './authorities.ts';
import { loadRevocations } from './ca/revocations.ts';
import type { ServiceConfig } from './config/service-config.ts';
import { describeCause } from './http/error-handler.ts';
import type { Foundation } from './open-foundation.ts';
import type { ServicePorts } from './service-ports.ts';
import { createStatusService, type StatusService } from './status/status-service.ts';
import type { Store } from './store/store.ts';
import { ClockGuard } from './tsa/clock-guard.ts';
import { ComparedClock } from './tsa/compared-clock.ts';
import { openReferences } from './tsa/references/open.ts';
import { createTsa, type TimeStampAuthority } from './tsa/time-stamp-authority.ts';

export interface TrustServices {
  readonly tsa: TimeStampAuthority;
  readonly status: StatusService;
  readonly clockGuard: Pick<ClockGuard, 'now' | 'observe' | 'assertNotBehind'>;
}

export async function wireTrustServices(
  config: ServiceConfig,
  { authorities, store, seals }: Foundation,
  ports: ServicePorts,
): Promise<TrustServices> {
  const { clock, monotonic, randomBytes, log } = ports;
  const guard = new ClockGuard({ clock, monotonic });
  const compared = await compareClock(config, store, ports);
  const clockGuard = {
    now() {
      compared.assertTrusted();
      return guard.now();
    },
    observe() {
      guard.observe();
      void compared.observe();
    },
    assertNotBehind() {
      compared.assertTrusted();
      guard.assertNotBehind();
    },
  };
  const onFailure = (error: unknown): void =>
    log.error({ cause: describeCause(new Error('', { cause: error })) }, 'time stamp failed');
  return {
    clockGuard,
    tsa: createTsa({ authorities, clockGuard, randomBytes, onFailure }),
    status: createStatusService({
      authorities,
      revocations: await loadRevocations(authorityDirectory(config)),
      clock,
      issuedSince: () => seals.issuedSince(),
      nextCrlNumber: async (issuer) => BigInt(await store.counters.next(`crl ${issuer}`)),
    }),
  };
}

/** Other clocks have been asked once when this answers: a service that starts with a wrong clock stamps nothing. */
async function compareClock(
  { clock: settings }: ServiceConfig,
  { readClock }: Store,
  { clock, monotonic, log }: ServicePorts,
): Promise<ComparedClock> {
  const compared = new ComparedClock({
    references: openReferences(settings, { clock, monotonic, readClock }),
    monotonic,
    tolerance: settings.toleranceSeconds * 1000,
    lifetime: settings.holdsSeconds * 1000,
    interval: settings.everySeconds * 1000,
    onChange: (reason) =>
      reason === undefined
        ? log.warn('the time can be trusted again')
        : log.error({ reason }, 'the time cannot be trusted'),
  });
  await compared.observe();
  return compared;
}
