import { z } from 'zod';
import { healthReportSchema } from '../../model/health.ts';
import { defineGroup, nothing } from '../group.ts';

export const healthIpc = defineGroup({
  name: 'health',
  roles: ['admin'],
  calls: {
    /** Looks at everything; takes seconds where something does not answer. */
    examine: { argument: nothing, response: healthReportSchema },
    /** Shows the system's dialog and writes what was found last, masked. */
    saveForSupport: { argument: nothing, response: z.strictObject({ saved: z.boolean() }) },
  },
  events: {},
});
