import { describe, expect, it } from 'vitest';
import { otpSettingsSchema } from '../settings/otp-settings.ts';
import { assertMaySend, type SubjectHistory, waitAfterNext } from './sending-limits.ts';

const settings = otpSettingsSchema.parse({});
const now = 1_000_000_000;
const minutesAgo = (minutes: number): number => now - minutes * 60_000;

const history = (
  kind: SubjectHistory['kind'],
  unused: number[],
  used: number[] = [],
): Pick<SubjectHistory, 'kind' | 'unusedAt' | 'usedAt'> => ({
  kind,
  unusedAt: unused.map(minutesAgo),
  usedAt: used.map(minutesAgo),
});

const refusal = (subjects: SubjectHistory[], request: { codes?: number; last?: number } = {}): unknown => {
  try {
    assertMaySend(
      { codesOfRequest: request.codes ?? 0, lastOfRequest: request.last, subjects },
      settings,
      now,
    );
    return undefined;
  } catch (error) {
    const { code, details } = error as { code: string; details: Record<string, unknown> };
    return { code, ...details };
  }
};

const nobody = [history('phone', []), history('signer', [])];

describe('how often codes are sent', () => {
  it('lets the first one out at once', () => {
    expect(refusal(nobody)).toBeUndefined();
  });

  it.each(['phone', 'signer'] as const)(
    'keeps 60 s before the second to one %s and doubles the wait for every further one within the hour',
    (kind) => {
      const sent = (...minutes: number[]) => refusal([history(kind, minutes)]);
      expect(sent(0.5)).toEqual({ code: 'OSS_OTP_TOO_SOON', retryAfterSeconds: 30 });
      expect(sent(1)).toBeUndefined();
      expect(sent(9, 1)).toMatchObject({ retryAfterSeconds: 60 });
      expect(sent(9, 8, 1)).toMatchObject({ retryAfterSeconds: 180 });
      expect(sent(300, 200, 1)).toBeUndefined();
    },
  );

  it.each(['phone', 'signer'] as const)(
    'sends one %s at most 5 an hour and 15 a day that are not used',
    (kind) => {
      const hour = { code: 'OSS_OTP_LIMIT', codes: 5, windowHours: 1, retryAfterSeconds: 600 };
      expect(refusal([history(kind, [50, 40, 30, 20, 18])])).toEqual(hour);
      const fifteen = Array.from({ length: 15 }, (_, i) => 1430 - i * 60);
      expect(refusal([history(kind, fifteen)])).toMatchObject({ windowHours: 24, retryAfterSeconds: 600 });
      expect(refusal([history(kind, fifteen.slice(1))])).toBeUndefined();
    },
  );

  it('sends at most 5 codes for a request, no matter who it is for', () => {
    expect(refusal(nobody, { codes: 5 })).toEqual({ code: 'OSS_OTP_LIMIT', codes: 5 });
    expect(refusal(nobody, { codes: 1, last: minutesAgo(0.5) })).toMatchObject({ code: 'OSS_OTP_TOO_SOON' });
  });

  it('counts codes that were used against the messages of a phone only', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 1400 - i);
    expect(refusal([history('signer', [], hundred)])).toBeUndefined();
    expect(refusal([history('phone', [], hundred)])).toMatchObject({ code: 'OSS_OTP_LIMIT', codes: 100 });
    expect(refusal([history('phone', [], hundred.slice(1))])).toBeUndefined();
  });

  it('says how long it takes to the next', () => {
    expect(waitAfterNext(nobody, settings, now)).toBe(60_000);
    expect(waitAfterNext([history('phone', [5, 2]), history('signer', [2])], settings, now)).toBe(240_000);
  });
});
