import { z } from 'zod';
import { utcSeconds } from '../model/encoding.ts';
import { contentsSchema, manifestSchema } from '../model/manifest.ts';

/**
 * POST /v1/requests/{id}/otp: sends a code that is good for exactly this manifest; or, where the service
 * admits it, for exactly these contents, whatever their signatures will look like.
 */
export const sendOtpSchema = z.union([
  z.strictObject({ manifest: manifestSchema }),
  z.strictObject({ contents: contentsSchema }),
]);
export type SendOtp = z.infer<typeof sendOtpSchema>;

/** GET /v1/sandbox/outbox?request=…: simulated SMS, newest last. Does not exist in production mode. */
export const outboxSchema = z.object({
  messages: z.array(
    z.object({ to: z.string(), text: z.string(), sentAt: utcSeconds, reference: z.string() }),
  ),
});
export type Outbox = z.infer<typeof outboxSchema>;
