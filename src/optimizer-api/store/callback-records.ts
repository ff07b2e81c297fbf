import { z } from 'zod';

/** One that is still to be told. */
export const callbackRecordSchema = z.object({
  id: z.string(),
  /** The request that it tells of. */
  pk: z.number().int().optional(),
  url: z.string(),
  body: z.string(),
  attempts: z.number().int(),
  /** Milliseconds since the epoch. */
  nextAttemptAt: z.number(),
  /** Why the last attempt failed. */
  failure: z.string().optional(),
});
export type CallbackRecord = z.infer<typeof callbackRecordSchema>;

/** One that nobody is told any more. */
export const failedCallbackRecordSchema = z.object({
  id: z.string(),
  pk: z.number().int().optional(),
  attempts: z.number().int(),
  failure: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
});
export type FailedCallbackRecord = z.infer<typeof failedCallbackRecordSchema>;
