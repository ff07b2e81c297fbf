/** What is read of a running service whenever somebody looks at its metrics. */
import type { Readiness } from '../../contract/service-api/readiness.ts';
import { type Certificate, parseCrl } from '../../pki/index.ts';
import type { Store } from '../store/store.ts';
import type { Metrics } from './metrics.ts';

export interface Watched {
  readonly store: Store;
  readonly ready: () => Promise<Readiness>;
  readonly crl: (issuer: 'root' | 'issuing') => Promise<Uint8Array>;
  /** By role. */
  readonly certificates: Readonly<Record<string, Certificate>>;
  readonly now: () => Date;
}

export function watchService(metrics: Metrics, { store, ready, crl, certificates, now }: Watched): void {
  const secondsUntil = (end: Date): number => Math.round((end.getTime() - now().getTime()) / 1000);
  metrics.gauge('oneshot_ready', 'Whether a part can work now: 1 or 0.', ['check'], async () =>
    Object.entries((await ready()).checks).map(([check, state]) => [{ check }, state === 'ok' ? 1 : 0]),
  );
  metrics.gauge('oneshot_requests', 'Requests that are kept, by state.', ['state'], async () =>
    (await store.requests.countByState()).map(({ state, count }) => [{ state }, count]),
  );
  metrics.gauge('oneshot_messages_waiting', 'Messages that still have to go out.', [], async () => [
    [{}, (await store.outbox.waiting(Number.MAX_SAFE_INTEGER)).length],
  ]);
  metrics.gauge('oneshot_log_entries_waiting', 'Entries of the log without a place yet.', [], async () => [
    [{}, await store.log.countWaiting()],
  ]);
  metrics.gauge('oneshot_log_entries', 'Entries of the log that have their place.', [], async () => [
    [{}, (await store.log.head())?.size ?? 0],
  ]);
  metrics.gauge('oneshot_database_connections', 'Connections to PostgreSQL, by state.', ['state'], async () =>
    Object.entries(store.connections() ?? {}).map(([state, count]) => [{ state }, count]),
  );
  metrics.gauge(
    'oneshot_crl_remaining_seconds',
    'Until the next update of the list that is published, by issuer.',
    ['issuer'],
    async () =>
      Promise.all(
        (['root', 'issuing'] as const).map(async (issuer) => {
          const { nextUpdate = now() } = parseCrl(await crl(issuer));
          return [{ issuer }, secondsUntil(nextUpdate)] as const;
        }),
      ),
  );
  metrics.gauge(
    'oneshot_certificate_remaining_seconds',
    'Until the certificate of an authority ends, by role.',
    ['role'],
    async () =>
      Object.entries(certificates).map(([role, { notAfter }]) => [{ role }, secondsUntil(notAfter)]),
  );
}
