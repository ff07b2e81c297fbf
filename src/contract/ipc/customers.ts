import { z } from 'zod';
import { idDocumentSchema, identitySchema } from '../model/identity.ts';
import { defineGroup } from './group.ts';

const byIdDocument = z.strictObject({ idDocument: idDocumentSchema });

/** Signers of the last days, as far as the retention rule lets the station remember them. */
export const customersIpc = defineGroup({
  name: 'customers',
  roles: ['clerk'],
  calls: {
    /** Only whether there is somebody, and who: enough to ask. */
    find: {
      argument: byIdDocument,
      response: z
        .strictObject({ name: z.string(), lastSeen: z.iso.datetime(), maskedPhone: z.string() })
        .optional(),
    },
    /** The data itself, once the clerk has asked for it; written into the audit list. */
    use: { argument: byIdDocument, response: identitySchema.optional() },
  },
  events: {},
});
