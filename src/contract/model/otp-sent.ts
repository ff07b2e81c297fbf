import { z } from 'zod';
import { channelSchema } from './channel.ts';
import { utcSeconds } from './encoding.ts';

/** A code that is on its way to the signer: what the screen says of it, and how long it is good. */
export const otpSentSchema = z.object({
  /** Shown on the screen and in the SMS, computed by both sides from the manifest. */
  reference: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
  /** The number; an address where the channel is e-mail. */
  maskedPhone: z.string(),
  /** Absent where the service knows SMS only. */
  channel: channelSchema.optional(),
  digits: z.number().int(),
  expiresAt: utcSeconds,
  resendAt: utcSeconds,
  triesLeft: z.number().int(),
  codesLeft: z.number().int(),
  deliveryReference: z.string(),
});
export type OtpSent = z.infer<typeof otpSentSchema>;
