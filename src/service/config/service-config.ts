import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { lintConfig } from './lint.ts';
import { profileConfigSchema, SHIPPED_PROFILES } from './profiles.ts';

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

const databaseSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sqlite'), path: z.string().min(1).optional() }),
  z.strictObject({ type: z.literal('postgres'), url: z.string().min(1) }),
]);

/** Where the 32 bytes come from that every key of the service is derived from. */
const masterSecretSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('generated') }),
  z.strictObject({ from: z.literal('file'), path: z.string().min(1) }),
  z.strictObject({ from: z.literal('environment'), variable: z.string().min(1) }),
]);

export const otpSettingsSchema = z.strictObject({
  digits: z.number().int().min(4).max(10).default(6),
  /** At most ten minutes (SP 800-63B-4 §3.1.3.2). */
  lifetimeSeconds: z.number().int().min(60).max(600).default(300),
  tries: z.number().int().min(1).max(10).default(3),
  /** Before the second code; every further code waits twice as long. */
  resendAfterSeconds: z.number().int().min(60).max(600).default(60),
  codesPerRequest: z.number().int().min(1).max(5).default(5),
  codesPerSignerPerHour: z.number().int().min(1).max(5).default(5),
  /**
   * Whether a code may be asked for by the digests of the original documents, before the look of the
   * signatures is chosen: applications of the older Optimizer choose it only when they sign.
   */
  bindToContents: z.boolean().default(false),
  /** The same code for everybody, for automatic trials: refused in production. */
  fixedCode: z
    .string()
    .regex(/^[0-9]{4,10}$/, 'The fixed code has 4 to 10 digits.')
    .optional(),
});
export type OtpSettings = z.infer<typeof otpSettingsSchema>;

const initialOfficerSchema = z.strictObject({
  username: z.string().min(1).max(128),
  displayName: z.string().min(1).max(128),
  registrationAuthorities: z.array(z.string().regex(/^[0-9A-Za-z-]{1,32}$/)).min(1),
  passwordFile: z.string().min(1),
  pinFile: z.string().min(1),
});

const limitsSchema = z.strictObject({
  callsPerMinute: z.number().int().min(1).default(1200),
  loginsPerMinute: z.number().int().min(1).default(60),
  /** 100 documents of a manifest are about 12 KiB. */
  bodyBytes: z
    .number()
    .int()
    .min(16 * 1024)
    .default(64 * 1024),
  requestTimeoutSeconds: z.number().int().min(1).default(60),
});

export const serviceConfigSchema = z.strictObject({
  mode: z.enum(['sandbox', 'production']),
  dataDirectory: z.string().min(1),
  database: databaseSchema.default({ type: 'sqlite' }),
  api: listenerSchema.extend({ tls: tlsSchema.optional() }).default({ host: '127.0.0.1', port: 0 }),
  public: listenerSchema.default({ host: '127.0.0.1', port: 0 }),
  /** Where others reach the public listener; certificates carry it. Default: its own address. */
  publicUrl: z.url().optional(),
  masterSecret: masterSecretSchema.default({ from: 'generated' }),
  /** Named in the SMS and the contract; short and in the GSM alphabet, so that the SMS stays one. */
  issuer: z
    .string()
    .regex(/^[A-Za-z0-9 .&-]{1,20}$/, 'The issuer has at most 20 letters, digits, spaces and . & -')
    .default('One-Shot Signature'),
  otp: otpSettingsSchema.prefault({}),
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
