import { z } from 'zod';
import { lenientFlag, lenientInteger, lenientText, needed } from './lenient.ts';

/** POST otp: the body may also be absent. */
export const sendCodeFormSchema = z.looseObject({ delivery_method: lenientText.optional() });

/** The visible signature on one document: corners in points, origin bottom left; pages count from zero. */
export const placementSchema = z.looseObject({
  position: lenientText.optional(),
  /** `-1` is the last page. */
  page: lenientInteger.optional(),
  image: lenientText.optional(),
  usecountersignature: lenientFlag.optional(),
});
export type PlacementForm = z.infer<typeof placementSchema>;

export const textFormatSchema = z.looseObject({
  text_format: z.array(z.string()).optional(),
  /** strftime. */
  date_format: z.string().optional(),
  timezone: z.string().optional(),
});
export type TextFormat = z.infer<typeof textFormatSchema>;

/** The seal of an organisation over the signature of the signer, with the account of who may use it. */
const countersignatureSchema = z.looseObject({
  username: lenientText.optional(),
  password: lenientText.optional(),
  pin: lenientText.optional(),
  /** Which seal, where the account may use several. */
  seal: lenientText.optional(),
  position: lenientText.optional(),
  page: lenientInteger.optional(),
  image: lenientText.optional(),
  /** How text and picture stand; taken and not needed. */
  horizontal: lenientText.optional(),
  signature_format: textFormatSchema.optional(),
});
export type CountersignatureForm = z.infer<typeof countersignatureSchema>;

const authorisationShape = {
  secret: needed(lenientText),
  ext_unlock_type: lenientText.optional(),
  ext_unlock_value: lenientText.optional(),
};

/** Classic dialect: one entry of `options` for each document, or a flat one where there is one document. */
export const classicSignFormSchema = z.looseObject({
  ...authorisationShape,
  options: z.union([z.record(z.string(), placementSchema), placementSchema]).optional(),
  use_signature_text: lenientFlag.optional(),
  signature_format: textFormatSchema.optional(),
  metadata: lenientText.optional(),
  countersignature: countersignatureSchema.optional(),
});
export type ClassicSignForm = z.infer<typeof classicSignFormSchema>;

/** Newer dialect: one appearance for all documents. */
export const newerSignFormSchema = z.looseObject({
  ...authorisationShape,
  signature: z
    .looseObject({
      appearance: z
        .looseObject({
          ...placementSchema.shape,
          text: z.array(z.string()).optional(),
          date: z.string().optional(),
          timezone: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
});
export type NewerSignForm = z.infer<typeof newerSignFormSchema>;
