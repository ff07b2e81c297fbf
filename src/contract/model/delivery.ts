import { z } from 'zod';
import { channelSchema } from './channel.ts';
import { utcSeconds } from './encoding.ts';

/**
 * GET /v1/requests/{id}/delivery: what is known of the newest message of a request. `accepted` says that a gateway took
 * it, `delivered` that it reached the phone; `unknown` that a response was lost and the code is void.
 */
export const deliverySchema = z.object({
  state: z.enum(['none', 'sending', 'accepted', 'delivered', 'failed', 'unknown']),
  channel: channelSchema.optional(),
  /** When that became known. */
  at: utcSeconds.optional(),
});
export type Delivery = z.infer<typeof deliverySchema>;
