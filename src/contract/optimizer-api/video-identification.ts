import { z } from 'zod';
import { lenientText } from './lenient.ts';
import { signerFieldsSchema } from './requests.ts';
import { officerFormSchema } from './tokens.ts';

/** The evidence comes from the client's own video identification; no session is hosted here. */
export const createVideoFormSchema = z.looseObject({
  mobile_phone_number: lenientText.optional(),
  email: lenientText.optional(),
  registration_authority: lenientText.optional(),
  profile: lenientText.optional(),
  env: lenientText.optional(),
  webhook_url: lenientText.optional(),
});

export const videoViewSchema = z.object({
  videoid_pk: z.number().int(),
  /** Always empty: a hosted video session is not offered. */
  videoid_link: z.string(),
  request_pk: z.number().int(),
});

export const evidencesFormSchema = z.looseObject({
  acceptance: z.looseObject({}).optional(),
  videoid_data: z
    .looseObject({
      images: z.record(z.string(), z.string()).optional(),
      ocr_data: z.looseObject(signerFieldsSchema.shape).optional(),
      security_checks: z.looseObject({}).optional(),
      similarity_level: z.union([z.number(), z.string()]).optional(),
    })
    .optional(),
});

/** Approve, refuse and validate: the officer's credentials, their id under either name, a reason. */
export const officerDecisionFormSchema = z.looseObject({
  ...officerFormSchema.shape,
  rao: lenientText.optional(),
  rao_id: lenientText.optional(),
  reason: lenientText.optional(),
});
