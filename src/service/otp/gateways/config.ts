import { z } from 'zod';

/** The simulated phone of a sandbox. */
const outboxSchema = z.strictObject({ type: z.literal('outbox') });

/** How messages reach phones. Another gateway is one more member, opened in `open.ts`. */
export const smsConfigSchema = z.discriminatedUnion('type', [outboxSchema]);
export type SmsConfig = z.infer<typeof smsConfigSchema>;
