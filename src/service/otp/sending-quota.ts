import { OssError } from '../../contract/errors.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { KeyedHash } from '../settings/master-secret.ts';
import type { OtpSettings } from '../settings/otp-settings.ts';
import type { Store } from '../store/store.ts';

/** What may go out in a day of UTC, for each registration authority and for the whole service: what pumping costs at most. */
export interface SendingQuota {
  /**
   * Counts one message, then does the work; what the work refuses is not counted.
   * @throws OssError OSS_OTP_LIMIT (details: scope, retryAfterSeconds); whatever the work throws
   */
  within<T>(registrationAuthority: string, now: number, work: () => Promise<T>): Promise<T>;
  /** Forgets the counts of earlier days. */
  forget(now: number): Promise<void>;
}

type QuotaSettings = Pick<OtpSettings, 'messagesPerRegistrationAuthorityPerDay' | 'messagesPerDay'>;

const DAY_MS = 24 * 60 * 60_000;
const PREFIX = 'messages ';

export function sendingQuota(
  store: Pick<Store, 'counters' | 'transaction'>,
  settings: QuotaSettings,
  fingerprint: KeyedHash,
  metrics: Metrics,
): SendingQuota {
  const refused = metrics.counter(
    'oneshot_messages_over_quota_total',
    'Messages refused because a day had its number, by scope: registrationAuthority, service.',
    ['scope'],
  );
  const day = (now: number): string => `${PREFIX}${new Date(now).toISOString().slice(0, 10)}`;
  return {
    async within(registrationAuthority, now, work) {
      const scopes = [
        [
          'registrationAuthority',
          `${day(now)} ${fingerprint(`authority ${registrationAuthority}`)}`,
          settings.messagesPerRegistrationAuthorityPerDay,
        ],
        ['service', `${day(now)} all`, settings.messagesPerDay],
      ] as const;
      // In a transaction of its own and not in that of the code: nobody waits for anybody else's code here.
      await store.transaction(async ({ counters }) => {
        for (const [scope, name, most] of scopes) {
          if (await counters.take(name, most)) continue;
          refused.add({ scope });
          const retryAfterSeconds = Math.ceil((DAY_MS - (now % DAY_MS)) / 1000);
          throw new OssError('OSS_OTP_LIMIT', { scope, codes: most, windowHours: 24, retryAfterSeconds });
        }
      });
      try {
        return await work();
      } catch (error) {
        await store.transaction(async ({ counters }) => {
          for (const [, name] of scopes) await counters.giveBack(name);
        });
        throw error;
      }
    },
    forget: (now) => store.counters.removeBetween(PREFIX, day(now)),
  };
}
