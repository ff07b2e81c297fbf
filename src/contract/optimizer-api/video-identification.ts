import { z } from 'zod';
import { lenientText, needed } from './lenient.ts';
import { signerFieldsSchema } from './requests.ts';
import { officerFormSchema } from './tokens.ts';

/** The evidence comes from the client's own video identification; no session is hosted here. */
export const createVideoFormSchema = z.looseObject({
  mobile_phone_number: needed(lenientText),
  email: needed(lenientText),
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

export const uploadVideoFormSchema = z.looseObject({ video: needed(z.file().mime('video/mp4')) });

export const evidencesFormSchema = z.looseObject({
  acceptance: z.looseObject({}).optional(),
  videoid_data: needed(
    z.looseObject({
      images: z.record(z.string(), z.string()).optional(),
      ocr_data: needed(
        z.looseObject({
          ...signerFieldsSchema.shape,
          given_name: needed(lenientText),
          surname_1: needed(lenientText),
          serial_number: needed(lenientText),
        }),
      ),
      security_checks: z.looseObject({}).optional(),
      similarity_level: z.union([z.number(), z.string()]).optional(),
    }),
  ),
});

/** Approve and validate: the officer's credentials, their id under either name. */
export const officerDecisionFormSchema = z.looseObject({
  ...officerFormSchema.shape,
  rao: lenientText.optional(),
  rao_id: lenientText.optional(),
});

export const refusalFormSchema = z.looseObject({
  ...officerDecisionFormSchema.shape,
  reason: needed(lenientText),
});
