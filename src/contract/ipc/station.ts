import { z } from 'zod';
import { accentSchema } from '../model/accent.ts';
import { typedPasswordSchema } from '../model/admin-password.ts';
import { channelSchema } from '../model/channel.ts';
import { languageSchema } from '../model/language.ts';
import { defineGroup, nothing } from './group.ts';

export const themeSchema = z.enum(['system', 'light', 'dark', 'contrast']);
export type Theme = z.infer<typeof themeSchema>;

/** A display of this computer that the signer may look at, under the number that it shows when it is asked. */
export const displayViewSchema = z.strictObject({
  id: z.number(),
  number: z.number().int().positive(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type DisplayView = z.infer<typeof displayViewSchema>;

/** What every window of the station needs to draw itself. */
export const stationViewSchema = z.strictObject({
  version: z.string(),
  /** `stand-in` is a test host over Chromium: shown, so that it is never taken for the real one. */
  host: z.enum(['electron', 'stand-in']),
  sandbox: z.boolean(),
  organisation: z.string(),
  /** Accent colour of the branding as #rrggbb; absent for the product's own. */
  accent: accentSchema.optional(),
  /** The organisation's sign: a PNG picture as data: URL. */
  logo: z.string().optional(),
  language: languageSchema,
  /** In which the signer's window opens unless the clerk chooses another. */
  signerLanguage: languageSchema,
  theme: themeSchema,
  hasSecondDisplay: z.boolean(),
  /** All but the clerk's; empty where there is one display only. */
  signerDisplays: z.array(displayViewSchema),
  /** The one that is used. */
  signerDisplay: z.number().optional(),
  /** How the code reaches the signer, as the service says it of the profile in use; absent until it was reached. */
  codeChannel: channelSchema.optional(),
  /** On a single display the clerk chooses a PIN at the first hand-over after a start. */
  pinNeeded: z.boolean(),
  /** The secrets that the service needs are in a file whose passphrase was not entered since the start. */
  secretsLocked: z.boolean(),
});
export type StationView = z.infer<typeof stationViewSchema>;

export const stationIpc = defineGroup({
  name: 'station',
  roles: ['clerk', 'signer', 'admin', 'display'],
  calls: {
    view: { argument: nothing, response: stationViewSchema },
    /**
     * Answered when everything behind the first window is loaded; the first call loads it. The groups that only the
     * clerk's window has are answered from then on.
     */
    opened: { argument: nothing, response: nothing },
  },
  events: { changed: stationViewSchema },
});

export const preferencesIpc = defineGroup({
  name: 'preferences',
  roles: ['clerk'],
  calls: {
    change: {
      argument: z.strictObject({
        language: languageSchema.optional(),
        theme: themeSchema.optional(),
        signerDisplay: z.number().optional(),
      }),
      response: stationViewSchema,
    },
    /** Opens the administrator's window, or brings it to the front. */
    openAdmin: { argument: nothing, response: nothing },
    /** Every display shows its number for a moment. */
    identifyDisplays: { argument: nothing, response: nothing },
  },
  events: {},
});

/** On a computer without keychain the clerk enters the passphrase of the secrets after each start. */
export const secretsIpc = defineGroup({
  name: 'secrets',
  roles: ['clerk'],
  calls: {
    unlock: { argument: z.strictObject({ passphrase: typedPasswordSchema }), response: stationViewSchema },
  },
  events: {},
});
