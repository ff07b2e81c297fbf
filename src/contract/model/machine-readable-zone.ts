import { z } from 'zod';
import { ID_DOCUMENT_TYPES } from './id-document-type.ts';
import { countrySchema } from './identity.ts';

/** What the machine readable zone of a document says (ICAO 9303), once its check digits are right. */
export const machineReadableSchema = z.strictObject({
  givenName: z.string().optional(),
  surname1: z.string().optional(),
  surname2: z.string().optional(),
  idDocument: z.strictObject({ type: z.enum(ID_DOCUMENT_TYPES), country: countrySchema, number: z.string() }),
  /** The document is past its date. */
  expired: z.boolean(),
});
export type MachineReadable = z.infer<typeof machineReadableSchema>;
