import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../metrics/metrics.ts';
import { otpSettingsSchema } from '../settings/otp-settings.ts';
import type { Store } from '../store/store.ts';
import { sendingQuota } from './sending-quota.ts';

/** Counters as a table has them. */
function counting(): Pick<Store, 'counters' | 'transaction'> {
  const counts = new Map<string, number>();
  const counters = {
    async take(name: string, most: number) {
      const count = counts.get(name) ?? 0;
      if (count < most) counts.set(name, count + 1);
      return count < most;
    },
  };
  return {
    counters,
    transaction: (work: (inside: object) => Promise<unknown>) => work({ counters }),
  } as unknown as Pick<Store, 'counters' | 'transaction'>;
}

const settings = otpSettingsSchema.parse({ messagesPerRegistrationAuthorityPerDay: 1 });
const zone = process.env.TZ;

describe('the messages of a day', () => {
  beforeAll(() => {
    process.env.TZ = 'Europe/Madrid';
  });
  afterAll(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it.each([
    ['an ordinary day', '2026-05-04'],
    ['the day of 23 hours', '2026-03-29'],
    ['the day of 25 hours', '2026-10-25'],
  ])('begin at midnight of UTC and are as many on %s', async (_, date) => {
    const quota = sendingQuota(counting(), settings, (text) => String(text), createMetrics());
    const send = (time: string) => quota.within('1000', Date.parse(`${date}T${time}Z`), async () => 'sent');
    const [begin, nextDay] = [Date.parse(`${date}T00:00:00Z`), 24 * 3600];
    expect(await send('00:00:00.000')).toBe('sent');
    for (const time of ['00:00:00.001', '01:30:00', '02:30:00', '23:59:59.999']) {
      const passed = (Date.parse(`${date}T${time}Z`) - begin) / 1000;
      await expect(send(time)).rejects.toMatchObject({
        code: 'OSS_OTP_LIMIT',
        details: { scope: 'registrationAuthority', retryAfterSeconds: Math.ceil(nextDay - passed) },
      });
    }
    expect(await quota.within('1000', begin + nextDay * 1000, async () => 'sent')).toBe('sent');
  });
});
