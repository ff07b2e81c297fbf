import { z } from 'zod';
import { themeSchema } from '../../contract/ipc/station.ts';
import { languageSchema } from '../../contract/model/language.ts';

/** What the administrator and the clerk choose. Holds no secret: those are in the SecretStore. */
export const settingsSchema = z.strictObject({
  language: languageSchema.default('en'),
  theme: themeSchema.default('system'),
  /** On whose behalf documents are signed: on the screens, in the contract, in the SMS. */
  organisation: z.string().trim().min(1).max(64).default('One-Shot Signature'),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  /** Where signed documents go; the person's documents folder when absent. */
  deliveryFolder: z.string().min(1).optional(),
  service: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('embedded') }),
      z.strictObject({
        kind: z.literal('remote'),
        url: z.url({ protocol: /^https$/ }),
        /** PEM of the root authority, received from the operator by another way than the service. */
        anchor: z.string().startsWith('-----BEGIN CERTIFICATE-----'),
        username: z.string().min(1).max(64),
        registrationAuthority: z.string().min(1).max(32),
        profile: z.string().min(1).max(64),
      }),
    ])
    .default({ kind: 'embedded' }),
});
export type Settings = z.infer<typeof settingsSchema>;

export interface SettingsStore {
  read(): Settings;
  change(changes: Partial<Settings>): Settings;
}
