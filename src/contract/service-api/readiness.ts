import { z } from 'zod';

const outcome = z.enum(['ok', 'failed']);

/** GET /ready: whether calls can be served now, part by part; why not stands in the log. */
export const readinessSchema = z.object({
  status: z.enum(['ready', 'notReady']),
  checks: z.object({
    database: outcome,
    /** Every authority signs with the key of its certificate, which is within its validity. */
    keys: outcome,
    clock: outcome,
    timestamp: outcome,
    sms: outcome,
  }),
});
export type Readiness = z.infer<typeof readinessSchema>;
export type ReadinessCheck = keyof Readiness['checks'];
