import { z } from 'zod';
import { anchorUseSchema } from './ipc/admin/certificate-view.ts';
import { restApiChoiceSchema } from './ipc/admin/rest-api.ts';
import {
  organisationSchema,
  retentionSchema,
  serviceChoiceSchema,
  timestampUrlsSchema,
} from './ipc/admin/settings.ts';
import { trustedListsChoiceSchema } from './ipc/admin/trusted-lists.ts';
import { accentSchema } from './model/accent.ts';
import { levelChoiceSchema } from './model/signature-level.ts';

export const certificatePemSchema = z.string().startsWith('-----BEGIN CERTIFICATE-----').max(64_000);

/** A PNG picture, base64. */
export const logoSchema = z.base64().max(400_000);

/** Received from their operators by another way than the service. */
export const anchorsSchema = z
  .array(z.strictObject({ pem: certificatePemSchema, use: anchorUseSchema }))
  .max(64);

/** Where new versions come from, and whose word is taken for them. */
export const updatesSchema = z.strictObject({
  /** Folder of the files that were made with the packages. */
  url: z.url({ protocol: /^https$/ }).max(512),
  channel: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/)
    .default('latest'),
  /** SubjectPublicKeyInfo of an Ed25519 key, PEM: it signs the file that tells of a new version. */
  publicKey: z.string().startsWith('-----BEGIN PUBLIC KEY-----').max(4096),
});
export type UpdatePolicy = z.infer<typeof updatesSchema>;

/**
 * What the operator of a computer has set for everybody on it. Each part is a section of the Administration, which is
 * locked as a whole: half of a section under lock would be set by two people.
 */
export const policySchema = z.strictObject({
  version: z.literal(1),
  settings: z
    .strictObject({
      service: serviceChoiceSchema,
      anchors: anchorsSchema,
      timestamps: z.strictObject({ level: levelChoiceSchema, timestampUrls: timestampUrlsSchema }),
      trustedLists: trustedListsChoiceSchema,
      retention: retentionSchema,
      restApi: restApiChoiceSchema,
      branding: z.strictObject({
        organisation: organisationSchema,
        accent: accentSchema.optional(),
        logo: logoSchema.optional(),
      }),
    })
    .partial()
    .default({}),
  /** Without it the station asks nobody for new versions. */
  updates: updatesSchema.optional(),
});
export type Policy = z.infer<typeof policySchema>;
