import { describe, expect, it } from 'vitest';
import { otpSettingsSchema } from '../config/otp-settings.ts';
import { assertMaySend, type SendingHistory } from './sending-limits.ts';

const settings = otpSettingsSchema.parse({});
const now = 10_000_000;
const minutesAgo = (minutes: number): number => now - minutes * 60_000;
const refusal = (history: Partial<SendingHistory>): unknown => {
  try {
    assertMaySend(
      { codesOfRequest: 0, lastOfRequest: undefined, signerSentAt: [], ...history },
      settings,
      now,
    );
    return undefined;
  } catch (error) {
    const { code, details } = error as { code: string; details: Record<string, unknown> };
    return { code, ...details };
  }
};

describe('how often codes are sent', () => {
  it('lets the first one out at once', () => {
    expect(refusal({})).toBeUndefined();
  });

  it('keeps 60 s before the second and doubles the wait for every further one within the hour', () => {
    expect(refusal({ signerSentAt: [minutesAgo(0.5)] })).toEqual({
      code: 'OSS_OTP_TOO_SOON',
      retryAfterSeconds: 30,
    });
    expect(refusal({ signerSentAt: [minutesAgo(1)] })).toBeUndefined();
    expect(refusal({ signerSentAt: [minutesAgo(9), minutesAgo(1)] })).toMatchObject({
      retryAfterSeconds: 60,
    });
    expect(refusal({ signerSentAt: [minutesAgo(9), minutesAgo(8), minutesAgo(1)] })).toMatchObject({
      retryAfterSeconds: 180,
    });
  });

  it('sends at most 5 codes a request and 5 a signer within the hour, whatever the request', () => {
    expect(refusal({ codesOfRequest: 5 })).toMatchObject({ code: 'OSS_OTP_LIMIT' });
    const five = [50, 40, 30, 20, 18].map(minutesAgo);
    expect(refusal({ signerSentAt: five })).toEqual({
      code: 'OSS_OTP_LIMIT',
      codesPerHour: 5,
      retryAfterSeconds: 600,
    });
  });
});
