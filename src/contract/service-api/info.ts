import { z } from 'zod';
import { channelSchema } from '../model/channel.ts';
import { utcSeconds } from '../model/encoding.ts';
import { keyAlgorithmSchema } from '../model/key-algorithm.ts';
import { languageSchema } from '../model/language.ts';

/** What a certificate of this profile costs and allows; the sizes let the client reserve /Contents beforehand. */
export const profileSchema = z.object({
  id: z.string(),
  description: z.string(),
  keyAlgorithm: keyAlgorithmSchema,
  validityMinutes: z.number().int().positive(),
  /** A manifest whose oldest claimed signing time is older than this is refused (prepare again). */
  maxManifestAgeSeconds: z.number().int().positive(),
  externalAuthentication: z.boolean(),
  /** Whether a code may be asked for before the look of the signatures is chosen. */
  bindToContents: z.boolean().default(false),
  /** How the code reaches the signer. */
  channel: channelSchema.default('sms'),
  /** Upper bounds in bytes: signer certificate plus chain, and one time-stamp token. */
  chainBytes: z.number().int().positive(),
  timestampBytes: z.number().int().positive(),
});
export type Profile = z.infer<typeof profileSchema>;

/** GET /v1/info: needs no credentials. */
export const serviceInfoSchema = z.object({
  name: z.string(),
  version: z.string(),
  mode: z.enum(['sandbox', 'production']),
  /** The issuer named in the SMS and the contract. */
  issuer: z.string(),
  /** Clock of the service, so that a client can see its own skew. */
  time: utcSeconds,
  languages: z.array(languageSchema),
  profiles: z.array(profileSchema).min(1),
  otp: z.object({
    digits: z.number().int(),
    lifetimeSeconds: z.number().int(),
    tries: z.number().int(),
    resendAfterSeconds: z.number().int(),
    codesPerRequest: z.number().int(),
  }),
  /** Where the public parts (CRL, OCSP, AIA, TSA) answer. */
  publicUrl: z.url(),
  /** The time-stamp authority (RFC 3161 over HTTP). */
  timestampUrl: z.url(),
  /** Its signatures come with the certificates and revocation data that B-LT needs. */
  sendsValidationData: z.boolean().default(false),
  /** PEM of the root, in sandbox mode only: in production the anchor comes by another way than the service. */
  sandboxAnchor: z.string().optional(),
});
export type ServiceInfo = z.infer<typeof serviceInfoSchema>;
