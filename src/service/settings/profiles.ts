import { z } from 'zod';
import { channelSchema } from '../../contract/model/channel.ts';
import { keyAlgorithmSchema } from '../../contract/model/key-algorithm.ts';

/** What the operator may set of a certificate profile; sizes are declared by the certificate authority. */
export const profileConfigSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  description: z.string().min(1).max(200),
  keyAlgorithm: keyAlgorithmSchema,
  /** At most 24 hours: longer and the certificate would need revocation (EN 319 411-1 REV-6.2.4-03A). */
  validityMinutes: z
    .number()
    .int()
    .min(5)
    .max(24 * 60),
  /** Oldest claimed signing time that a certificate of this validity can still cover. */
  maxManifestAgeSeconds: z.number().int().min(60),
  /** Whether a proof of another authentication may stand in for the code of the SMS. */
  externalAuthentication: z.boolean().default(false),
  /**
   * Whether a code may be asked for by the digests of the original documents, before the look of the
   * signatures is chosen: applications of the older Optimizer choose it only when they sign.
   */
  bindToContents: z.boolean().default(false),
  /** How the code reaches the signer; voice and e-mail prove less, which is named at every start and in evidence. */
  channel: channelSchema.default('sms'),
  /**
   * Where single-use keys are made and live: in the memory of the service, or in the device of `keys`, not extractable
   * (what a QSCD profile needs).
   */
  keyStorage: z.enum(['memory', 'token']).default('memory'),
});
export type ProfileConfig = z.infer<typeof profileConfigSchema>;

const singleUse = (id: string, keyAlgorithm: ProfileConfig['keyAlgorithm'], name: string): ProfileConfig =>
  Object.freeze({
    id,
    description: `Single-use certificate of 15 minutes, ${name}`,
    keyAlgorithm,
    validityMinutes: 15,
    maxManifestAgeSeconds: 12 * 60,
    externalAuthentication: false,
    bindToContents: false,
    channel: 'sms' as const,
    keyStorage: 'memory' as const,
  });

export const SHIPPED_PROFILES: readonly ProfileConfig[] = Object.freeze([
  singleUse('single-use-p256', 'ecdsa-p256', 'ECDSA P-256'),
  singleUse('single-use-rsa2048', 'rsa-2048', 'RSA 2048'),
  singleUse('single-use-rsa3072', 'rsa-3072', 'RSA 3072'),
  singleUse('single-use-rsa4096', 'rsa-4096', 'RSA 4096'),
]);
