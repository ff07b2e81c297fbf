import { z } from 'zod';
import { channelSchema } from './channel.ts';
import { utcSeconds } from './encoding.ts';

/** A code that is on its way to the signer: what the screen says of it, and how long it is good. */
export const otpSentSchema = z.object({
  /** Computed by the station from the manifest, and shown in the SMS by a service that knows it. */
  reference: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
  /** The message has words of its provider, in which the reference is not. */
  withoutReference: z.literal(true).optional(),
  /** The number; an address where the channel is e-mail; empty where the provider keeps it to itself. */
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
