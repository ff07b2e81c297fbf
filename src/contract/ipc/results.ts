import { z } from 'zod';
import { defineGroup } from './group.ts';
import { resultIdSchema } from './transactions.ts';

const byId = z.strictObject({ id: resultIdSchema });

/** Paths of what was written; none where the person closed the dialog. */
export const savedSchema = z.strictObject({ saved: z.array(z.string()) });
/** False where the person closed the print dialog. */
export const printedSchema = z.strictObject({ printed: z.boolean() });

/** What a clerk does with the outcome of a transaction or a case: copies, paper, evidence. */
export const resultsIpc = defineGroup({
  name: 'results',
  roles: ['clerk'],
  calls: {
    /** Copies of the signed files into a folder that the clerk chooses. */
    saveCopies: { argument: byId, response: savedSchema },
    print: { argument: byId.extend({ index: z.number().int().nonnegative() }), response: printedSchema },
    /** The evidence as PDF and JSON into a folder that the clerk chooses. */
    saveEvidence: { argument: byId, response: savedSchema },
    printEvidence: { argument: byId, response: printedSchema },
  },
  events: {},
});
