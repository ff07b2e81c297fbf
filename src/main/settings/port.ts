import { z } from 'zod';
import { API_PORTS, restApiChoiceSchema } from '../../contract/ipc/admin/rest-api.ts';
import {
  type Lockable,
  officerSchema,
  organisationSchema,
  RETENTION_DAYS,
  retentionSchema,
  serviceChoiceSchema,
  timestampUrlsSchema,
} from '../../contract/ipc/admin/settings.ts';
import { trustedListsChoiceSchema } from '../../contract/ipc/admin/trusted-lists.ts';
import { themeSchema } from '../../contract/ipc/station.ts';
import { accentSchema } from '../../contract/model/accent.ts';
import { apiClientSchema } from '../../contract/model/api-client.ts';
import { languageSchema } from '../../contract/model/language.ts';
import { placementTemplateSchema } from '../../contract/model/placement.ts';
import { levelChoiceSchema } from '../../contract/model/signature-level.ts';
import { anchorsSchema, certificatePemSchema, logoSchema } from '../../contract/policy.ts';

/** Counts the shapes that the file has had; see migrate.ts. */
export const SETTINGS_VERSION = 2;

/** What the administrator and the clerk choose. Holds no secret: those are in the SecretStore. */
export const settingsSchema = z.strictObject({
  version: z.literal(SETTINGS_VERSION).default(SETTINGS_VERSION),
  language: languageSchema.default('en'),
  /** In which the signer's window opens; the clerk's language when absent. */
  signerLanguage: languageSchema.optional(),
  theme: themeSchema.default('system'),
  /** The system's number of the display that signers look at; the first that is not the clerk's when it is not there. */
  signerDisplay: z.number().optional(),
  /** Who presents the documents to the signer: on the screens, in the contract, in the SMS. */
  organisation: organisationSchema.default('One-Shot Signature'),
  accent: accentSchema.optional(),
  logo: logoSchema.optional(),
  /** Where signed documents go; the person's documents folder when absent. */
  deliveryFolder: z.string().min(1).optional(),
  placementTemplates: z.array(placementTemplateSchema).max(500).default([]),
  service: serviceChoiceSchema.default({ kind: 'embedded' }),
  officer: officerSchema.optional(),
  /** The station's own certificate and those above it, for mutual TLS; its key is in the secret store. */
  clientCertificate: certificatePemSchema.optional(),
  anchors: anchorsSchema.default([]),
  level: levelChoiceSchema.default('automatic'),
  timestampUrls: timestampUrlsSchema.default([]),
  trustedLists: trustedListsChoiceSchema.prefault({}),
  retention: retentionSchema.default({
    recordsDays: RETENTION_DAYS.usual,
    customersDays: RETENTION_DAYS.usual,
  }),
  /** Of the keys of applications only hashes. */
  restApi: restApiChoiceSchema
    .extend({
      clients: z.array(apiClientSchema).max(1000),
      /** Hosts to which callbacks may go, wherever they are; without any, every public one. */
      callbackHosts: z.array(z.string().min(1).max(253)).max(100).default([]),
    })
    .default({ enabled: false, port: API_PORTS.usual, dropIn: false, clients: [], callbackHosts: [] }),
});
export type Settings = z.infer<typeof settingsSchema>;
/** A key that is given as undefined goes back to its default. */
export type SettingsChanges = { readonly [K in keyof Settings]?: Settings[K] | undefined };

export interface SettingsStore {
  read(): Settings;
  /** What `change` would make of the settings, without doing it. @throws OssError OSS_CONFIG_INVALID */
  preview(changes: SettingsChanges): Settings;
  change(changes: SettingsChanges): Settings;
  /** Sections that the policy of this computer sets. */
  readonly locked: readonly Lockable[];
}
