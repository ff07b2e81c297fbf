import { z } from 'zod';
import { lenientText } from './lenient.ts';

/** What POST settings accepts: any subset of these. */
export const settingsFormSchema = z.looseObject({
  general: z.looseObject({ environment: lenientText.optional() }).optional(),
  tsa: z.looseObject({ tsa_url: lenientText.optional() }).optional(),
  request: z
    .looseObject({ default_profile: lenientText.optional(), default_ra: lenientText.optional() })
    .optional(),
  billing: z
    .looseObject({ billing_username: lenientText.optional(), billing_password: lenientText.optional() })
    .optional(),
});
export type SettingsForm = z.infer<typeof settingsFormSchema>;

export const settingsViewSchema = z.object({
  general: z.object({
    environment: z.string(),
    rootstore: z.string(),
    configuration: z.string(),
    /** Always false: rewriting a PDF destroys earlier signatures. */
    usepdfclean: z.boolean(),
  }),
  tsa: z.object({ tsa_url: z.string() }),
  request: z.object({ default_profile: z.string(), default_ra: z.string() }),
  billing: z.object({ billing_username: z.string(), billing_password: z.string() }),
  proxy: z.record(z.string(), z.string()),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

export const versionViewSchema = z.object({
  name: z.string(),
  version: z.string(),
  info: z.record(z.string(), z.string()),
});
