import { z } from 'zod';

export const otpSettingsSchema = z.strictObject({
  digits: z.number().int().min(4).max(10).default(6),
  /** At most ten minutes (SP 800-63B-4 §3.1.3.2). */
  lifetimeSeconds: z.number().int().min(60).max(600).default(300),
  tries: z.number().int().min(1).max(10).default(3),
  /** Before the second code; every further code waits twice as long. */
  resendAfterSeconds: z.number().int().min(60).max(600).default(60),
  codesPerRequest: z.number().int().min(1).max(5).default(5),
  /** Codes that were not used, to one person and to one phone, over all requests. */
  codesPerSignerPerHour: z.number().int().min(1).max(5).default(5),
  codesPerSignerPerDay: z.number().int().min(1).max(50).default(15),
  codesPerPhonePerHour: z.number().int().min(1).max(5).default(5),
  codesPerPhonePerDay: z.number().int().min(1).max(50).default(15),
  /** All messages to one phone, those whose code was used included. */
  messagesPerPhonePerDay: z.number().int().min(1).max(1000).default(100),
  /** Messages of one registration authority, and of the whole service, within a day of UTC. */
  messagesPerRegistrationAuthorityPerDay: z.number().int().min(1).max(10_000_000).default(20_000),
  messagesPerDay: z.number().int().min(1).max(100_000_000).default(200_000),
  /** The same code for everybody, for automatic trials: refused in production. */
  fixedCode: z
    .string()
    .regex(/^[0-9]{4,10}$/, 'The fixed code has 4 to 10 digits.')
    .optional(),
});
export type OtpSettings = z.infer<typeof otpSettingsSchema>;
