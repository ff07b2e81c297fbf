import { z } from 'zod';
import { ID_DOCUMENT_TYPES, type Identity } from './identity.ts';
import { languageSchema } from './language.ts';

/**
 * An identity as it was stored once: its shape only. It was judged when it was entered; numbering plans, countries
 * and the rules for names change since, and a journal must replay for as long as it is kept.
 */
export const storedIdentitySchema = z.strictObject({
  givenName: z.string().exactOptional(),
  surname1: z.string().exactOptional(),
  surname2: z.string().exactOptional(),
  idDocument: z.strictObject({ type: z.enum(ID_DOCUMENT_TYPES), country: z.string(), number: z.string() }),
  email: z.string().exactOptional(),
  mobilePhone: z.string(),
  language: languageSchema.default('en'),
} satisfies Record<keyof Identity, z.ZodType>) satisfies z.ZodType<Identity, unknown>;
