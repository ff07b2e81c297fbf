import { z } from 'zod';
import { accentSchema } from '../../model/accent.ts';
import { newPasswordSchema, typedPasswordSchema } from '../../model/admin-password.ts';
import { apiClientNameSchema } from '../../model/api-client.ts';
import { languageSchema } from '../../model/language.ts';
import { chosenProviderSchemas } from '../../model/provider.ts';
import { levelChoiceSchema } from '../../model/signature-level.ts';
import { defineGroup, nothing } from '../group.ts';
import { anchorUseSchema, certificateViewSchema } from './certificate-view.ts';
import { connectionTestSchema } from './connection-test.ts';
import { restApiChoiceSchema, restApiViewSchema } from './rest-api.ts';
import { trustedListsChoiceSchema } from './trusted-lists.ts';

export const organisationSchema = z.string().trim().min(1).max(64);

/** The signature service: the sandbox that comes with the station, one at an address, or another provider. */
export const serviceChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded') }),
  z.strictObject({
    kind: z.literal('remote'),
    url: z.url({ protocol: /^https$/ }).max(512),
    /** Absent: the first profile that the service offers. */
    profile: z.string().trim().min(1).max(64).optional(),
  }),
  ...chosenProviderSchemas,
]);
export type ServiceChoice = z.infer<typeof serviceChoiceSchema>;

export const officerSchema = z.strictObject({
  username: z.string().trim().min(1).max(64),
  registrationAuthority: z.string().regex(/^[0-9A-Za-z-]{1,32}$/),
});

/** Time-stamp authorities for long-term levels, asked in this order. */
export const timestampUrlsSchema = z.array(z.url({ protocol: /^https?$/ }).max(512)).max(8);

export const RETENTION_DAYS = Object.freeze({ max: 3650, usual: 30 });
export const retentionSchema = z.strictObject({
  /** Records of ended transactions are removed after so many days. */
  recordsDays: z.number().int().min(1).max(RETENTION_DAYS.max),
  /** A signer's data may be offered again for so many days after their last visit; 0 for never. */
  customersDays: z.number().int().min(0).max(RETENTION_DAYS.max),
});

/** Sections that the policy of a computer may set, each as a whole. */
export const LOCKABLE = Object.freeze([
  'service',
  'anchors',
  'timestamps',
  'trustedLists',
  'retention',
  'restApi',
  'branding',
] as const);
export type Lockable = (typeof LOCKABLE)[number];

/** Everything that the administrator may see. Of secrets: whether they are there. */
export const adminViewSchema = z.strictObject({
  keptIn: z.enum(['keychain', 'passphrase-file']),
  service: serviceChoiceSchema,
  officer: officerSchema.optional(),
  officerPassword: z.boolean(),
  officerPin: z.boolean(),
  /** Secret of the station at a provider that speaks CSC, and of the billing account of the vendor. */
  providerSecret: z.boolean(),
  providerPin: z.boolean(),
  billingPassword: z.boolean(),
  clientCertificate: certificateViewSchema.optional(),
  anchors: z.array(certificateViewSchema.extend({ use: anchorUseSchema })),
  level: levelChoiceSchema,
  timestampUrls: timestampUrlsSchema,
  trustedLists: trustedListsChoiceSchema,
  retention: retentionSchema,
  restApi: restApiViewSchema,
  languages: z.strictObject({ clerk: languageSchema, signer: languageSchema }),
  organisation: organisationSchema,
  accent: accentSchema.optional(),
  /** A PNG picture as data: URL. */
  logo: z.string().optional(),
  /** Set by the policy of this computer: shown, and not changed here. */
  locked: z.array(z.enum(LOCKABLE)),
  /** Changes of the connection wait for the end of the transaction in hand. */
  waiting: z.boolean(),
});
export type AdminView = z.infer<typeof adminViewSchema>;

export const settingsIpc = defineGroup({
  name: 'settings',
  roles: ['admin'],
  calls: {
    view: { argument: nothing, response: adminViewSchema },
    saveService: { argument: serviceChoiceSchema, response: adminViewSchema },
    /** Tries the service as it is chosen on the screen, saved or not, with what is stored beside it. */
    testConnection: { argument: serviceChoiceSchema, response: connectionTestSchema },
    /** A password or PIN that is not given stays as it is. */
    saveOfficer: {
      argument: officerSchema.extend({
        password: z.string().min(1).max(256).optional(),
        pin: z.string().min(1).max(64).optional(),
      }),
      response: adminViewSchema,
    },
    /** What is not given stays as it is. */
    saveProviderSecrets: {
      argument: z.strictObject({
        secret: z.string().min(1).max(1024).optional(),
        pin: z.string().min(1).max(64).optional(),
        billingPassword: z.string().min(1).max(256).optional(),
      }),
      response: adminViewSchema,
    },
    removeOfficerSecrets: { argument: nothing, response: adminViewSchema },
    saveTimestamps: {
      argument: z.strictObject({ level: levelChoiceSchema, timestampUrls: timestampUrlsSchema }),
      response: adminViewSchema,
    },
    saveTrustedLists: { argument: trustedListsChoiceSchema, response: adminViewSchema },
    /** Applied at once: answers how many records were removed. */
    saveRetention: {
      argument: retentionSchema,
      response: z.strictObject({ view: adminViewSchema, removed: z.number().int().nonnegative() }),
    },
    saveRestApi: { argument: restApiChoiceSchema, response: adminViewSchema },
    /** Makes a key for an application. It is in this response and nowhere else. */
    addApiClient: {
      argument: z.strictObject({ name: apiClientNameSchema }),
      response: z.strictObject({ view: adminViewSchema, key: z.string() }),
    },
    removeApiClient: { argument: z.strictObject({ name: apiClientNameSchema }), response: adminViewSchema },
    saveLanguages: {
      argument: z.strictObject({ clerk: languageSchema, signer: languageSchema }),
      response: adminViewSchema,
    },
    /** Without an accent: the product's own. */
    saveBranding: {
      argument: z.strictObject({ organisation: organisationSchema, accent: accentSchema.optional() }),
      response: adminViewSchema,
    },
    /** Shows the system's file dialog; without a choice nothing changes. */
    chooseLogo: { argument: nothing, response: adminViewSchema },
    removeLogo: { argument: nothing, response: adminViewSchema },
    changePassword: {
      argument: z.strictObject({ current: typedPasswordSchema, next: newPasswordSchema }),
      response: nothing,
    },
  },
  events: { changed: adminViewSchema },
});
