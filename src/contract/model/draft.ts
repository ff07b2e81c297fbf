import { z } from 'zod';
import type { IdentityInput } from './identity.ts';
import { placementSchema } from './placement.ts';

export const draftIdSchema = z.string().regex(/^drf_[0-9a-f]{16}$/, 'Not the id of a draft.');

const typed = z.string().max(256);

/** The form of the signer as it was typed so far: judged only when the clerk goes on. */
export const draftFormSchema = z.strictObject({
  givenName: typed.optional(),
  surname1: typed.optional(),
  surname2: typed.optional(),
  idDocument: z.strictObject({ type: typed, country: typed, number: typed }),
  email: typed.optional(),
  mobilePhone: typed,
  language: typed.optional(),
} satisfies Record<keyof IdentityInput, z.ZodType>);
export type DraftForm = z.infer<typeof draftFormSchema>;

export const DRAFT_STEPS = Object.freeze(['documents', 'identity', 'placement'] as const);
export const draftStepSchema = z.enum(DRAFT_STEPS);
export type DraftStep = z.infer<typeof draftStepSchema>;

/** What the clerk has prepared for a customer who is not registered yet, as it is kept. No password is. */
export const draftSchema = z.strictObject({
  step: draftStepSchema,
  form: draftFormSchema.optional(),
  documents: z.array(z.strictObject({ path: z.string(), placement: placementSchema.optional() })),
});
export type Draft = z.infer<typeof draftSchema>;
