import { z } from 'zod';
import { languageSchema } from '../model/language.ts';
import { defineGroup, nothing } from './group.ts';

export const themeSchema = z.enum(['system', 'light', 'dark', 'contrast']);
export type Theme = z.infer<typeof themeSchema>;

/** What every window of the station needs to draw itself. */
export const stationViewSchema = z.strictObject({
  version: z.string(),
  /** `stand-in` is a test host over Chromium: shown, so that it is never taken for the real one. */
  host: z.enum(['electron', 'stand-in']),
  sandbox: z.boolean(),
  organisation: z.string(),
  /** Accent colour of the branding as #rrggbb; absent for the product's own. */
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  language: languageSchema,
  theme: themeSchema,
  hasSecondDisplay: z.boolean(),
  /** On a single display the clerk chooses a PIN at the first hand-over after a start. */
  pinNeeded: z.boolean(),
});
export type StationView = z.infer<typeof stationViewSchema>;

export const stationIpc = defineGroup({
  name: 'station',
  roles: ['clerk', 'signer'],
  calls: { view: { argument: nothing, answer: stationViewSchema } },
  events: {},
});

export const preferencesIpc = defineGroup({
  name: 'preferences',
  roles: ['clerk'],
  calls: {
    change: {
      argument: z.strictObject({ language: languageSchema.optional(), theme: themeSchema.optional() }),
      answer: stationViewSchema,
    },
  },
  events: {},
});
