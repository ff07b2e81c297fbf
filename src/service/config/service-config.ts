import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { keyStoreConfigSchema } from '../keys/config.ts';
import { smsConfigSchema } from '../otp/gateways/config.ts';
import { lintConfig } from '../settings/lint.ts';
import { masterSecretSchema } from '../settings/master-secret.ts';
import { otpSettingsSchema } from '../settings/otp-settings.ts';
import { profileConfigSchema, SHIPPED_PROFILES } from '../settings/profiles.ts';
import { sealConfigSchema } from '../settings/seal-settings.ts';
import { SIGNED_DAYS } from '../settings/signed-days.ts';

/** TLS of the API: with `clientCaFile` only callers with a certificate of that authority get in. */
const tlsSchema = z.strictObject({
  keyFile: z.string().min(1),
  certificateFile: z.string().min(1),
  clientCaFile: z.string().min(1).optional(),
});

const listenerSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 takes a free port, which is remembered in the data directory and tried first at the next start. */
  port: z.number().int().min(0).max(65_535).default(0),
});

const databaseTlsSchema = z
  .strictObject({
    caFile: z.string().min(1).optional(),
    /** Where the server asks for a certificate of ours. */
    certificateFile: z.string().min(1).optional(),
    keyFile: z.string().min(1).optional(),
    /** Where the certificate of the server carries another name than its address. */
    serverName: z.string().min(1).optional(),
  })
  .refine(({ certificateFile, keyFile }) => (certificateFile === undefined) === (keyFile === undefined), {
    message: 'certificateFile and keyFile belong together',
  });

const databaseSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sqlite'), path: z.string().min(1).optional() }),
  z.strictObject({
    type: z.literal('postgres'),
    url: z.string().min(1),
    /** After so long without a response the database counts as lost, and the call is answered with 503. */
    queryTimeoutSeconds: z.number().min(1).max(60).default(10),
    /** Connections of one process; the server's `max_connections` is for all of them. */
    poolSize: z.number().int().min(2).max(200).default(10),
    /** The server has to show a certificate for its name; `{}` trusts public authorities. */
    tls: databaseTlsSchema.optional(),
  }),
]);

const initialOfficerSchema = z.strictObject({
  username: z.string().min(1).max(128),
  displayName: z.string().min(1).max(128),
  registrationAuthorities: z.array(z.string().regex(/^[0-9A-Za-z-]{1,32}$/)).min(1),
  passwordFile: z.string().min(1),
  pinFile: z.string().min(1),
});

const limitsSchema = z.strictObject({
  /** Of each client certificate, without one of each address, as long as nobody has logged in. */
  callsPerMinute: z.number().int().min(1).default(1200),
  /** Of each account at each client certificate, once it has logged in. */
  callsPerMinuteLoggedIn: z.number().int().min(1).default(30_000),
  /** Log-ins that fail, of each client certificate or address. */
  loginsPerMinute: z.number().int().min(1).default(60),
  /** 100 documents of a manifest are about 12 KiB. */
  bodyBytes: z
    .number()
    .int()
    .min(16 * 1024)
    .default(64 * 1024),
  requestTimeoutSeconds: z.number().int().min(1).default(60),
});

/** How long it is known who a request was for, in days from the end of its time on. */
const retentionSchema = z.strictObject({
  unsignedDays: z.number().int().min(1).max(3650).default(30),
  signedDays: z.number().int().min(1).max(36_500).default(SIGNED_DAYS),
});

const clockSchema = z.strictObject({
  /** Clocks that have to confirm ours. Default: that of PostgreSQL, where the database is one. */
  references: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('database') }),
        z.strictObject({ type: z.literal('chrony'), command: z.string().min(1).default('chronyc') }),
        z.strictObject({ type: z.literal('tsa'), url: z.url() }),
      ]),
    )
    .optional(),
  /** Largest difference; that of the accuracy that time stamps declare. */
  toleranceSeconds: z.number().min(0.1).max(60).default(1),
  everySeconds: z.number().min(1).max(3600).default(60),
  /** How long a confirmation holds when no clock can be asked. */
  holdsSeconds: z.number().min(1).max(86_400).default(300),
});

const cscSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.number().int().min(1).max(65_535),
  tls: tlsSchema.optional(),
  /** Where applications and the browsers of signers reach it. Default: its own address. */
  url: z.url().optional(),
  /** Applications that use OAuth; each acts for one officer account. */
  clients: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
        /** Absent for an application that cannot keep a secret. */
        secretFile: z.string().min(1).optional(),
        officer: z.string().min(1).max(128),
        /** Exactly; of a loopback address (`http://127.0.0.1/cb`) any port. */
        redirectUris: z.array(z.url()).max(20).default([]),
      }),
    )
    .max(200)
    .default([]),
});

export const serviceConfigSchema = z.strictObject({
  mode: z.enum(['sandbox', 'production']),
  dataDirectory: z.string().min(1),
  database: databaseSchema.default({ type: 'sqlite' }),
  api: listenerSchema.extend({ tls: tlsSchema.optional() }).default({ host: '127.0.0.1', port: 0 }),
  public: listenerSchema.default({ host: '127.0.0.1', port: 0 }),
  /** Prometheus reads here; absent: nobody does. Only for addresses that nobody else reaches. */
  metrics: z
    .strictObject({ host: z.string().min(1).default('127.0.0.1'), port: z.number().int().min(1).max(65_535) })
    .optional(),
  /** The interface of the Cloud Signature Consortium; absent: there is none. */
  csc: cscSchema.optional(),
  /** Where others reach the public listener; certificates carry it. Default: its own address. */
  publicUrl: z.url().optional(),
  masterSecret: masterSecretSchema.default({ from: 'generated' }),
  keys: keyStoreConfigSchema.default({ type: 'software' }),
  /** Electronic seals of organisations; their keys are in `keys`. Absent: a sandbox makes one, production has none. */
  seals: z.array(sealConfigSchema).max(20).optional(),
  sms: smsConfigSchema.default({ type: 'outbox' }),
  /** Gateways of the other channels, for profiles that name them. */
  voice: smsConfigSchema.optional(),
  email: smsConfigSchema.optional(),
  /** Named in the SMS and the contract; short and in the GSM alphabet, so that the SMS stays one. */
  issuer: z
    .string()
    .regex(/^[A-Za-z0-9 .&-]{1,20}$/, 'The issuer has at most 20 letters, digits, spaces and . & -')
    .default('One-Shot Signature'),
  otp: otpSettingsSchema.prefault({}),
  clock: clockSchema.prefault({}),
  retention: retentionSchema.prefault({}),
  requestLifetimeMinutes: z.number().int().min(1).max(120).default(30),
  tokenLifetimeMinutes: z.number().int().min(1).max(480).default(30),
  profiles: z
    .array(profileConfigSchema)
    .min(1)
    .default([...SHIPPED_PROFILES]),
  limits: limitsSchema.prefault({}),
  /** Certification practice statement that certificates point to. Default: /cps of the public listener. */
  cpsUri: z.url().optional(),
  /** Made at the first start when there is no officer yet; a sandbox makes its own. */
  initialOfficer: initialOfficerSchema.optional(),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

export type ServiceConfig = z.infer<typeof serviceConfigSchema>;
export type ServiceConfigInput = z.input<typeof serviceConfigSchema>;

/** Validates and lints. @throws OssError OSS_CONFIG_INVALID naming every entry that is wrong. */
export function parseServiceConfig(input: unknown): ServiceConfig {
  const result = serviceConfigSchema.safeParse(input);
  if (!result.success) {
    const fields = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new OssError('OSS_CONFIG_INVALID', { reason: fields.join('; '), fields });
  }
  const findings = lintConfig(result.data);
  if (findings.length > 0) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: findings.join('; '), fields: findings });
  }
  return result.data;
}
