import { z } from 'zod';
import { transactionIdSchema } from '../model/transaction.ts';
import { pickedDocumentSchema } from './documents.ts';
import { defineGroup, nothing } from './group.ts';

/** What the system handed to the station: files to be signed, or a link that leads to a place. */
export const arrivalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing') }),
  z.strictObject({ kind: z.literal('files') }),
  z.strictObject({ kind: z.enum(['new', 'check']) }),
  z.strictObject({ kind: z.literal('transaction'), id: transactionIdSchema }),
]);
export type ArrivalView = z.infer<typeof arrivalSchema>;

export const arrivalsIpc = defineGroup({
  name: 'arrivals',
  roles: ['clerk'],
  calls: {
    /** What came first of what waits. Files wait until they are picked. */
    next: { argument: nothing, response: arrivalSchema },
    /** Picks the files that wait. Answers all documents picked so far. */
    pick: { argument: nothing, response: z.array(pickedDocumentSchema) },
  },
  events: { arrived: z.literal(true) },
});
