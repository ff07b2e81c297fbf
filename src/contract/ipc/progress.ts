import { z } from 'zod';

/** Long work, as a person is told about it: which step, which document of how many. */
export const workProgressSchema = z.strictObject({
  step: z.enum([
    'importing',
    'registering',
    'preparing',
    'signing',
    'embedding',
    'augmenting',
    'verifying',
    'delivering',
  ]),
  /** Counted from 1. */
  document: z.number().int().positive(),
  documents: z.number().int().positive(),
});
export type WorkProgress = z.infer<typeof workProgressSchema>;
