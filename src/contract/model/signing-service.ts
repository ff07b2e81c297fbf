import { z } from 'zod';
import { channelSchema } from './channel.ts';
import { keyAlgorithmSchema } from './key-algorithm.ts';

/** What a certificate of this profile costs and allows; the sizes let /Contents be reserved beforehand. */
const signingProfileSchema = z.object({
  id: z.string(),
  keyAlgorithm: keyAlgorithmSchema,
  /** A manifest whose oldest claimed signing time is older than this is refused: prepare again. */
  maxManifestAgeSeconds: z.number().positive(),
  /** Upper bounds in bytes: signer certificate plus chain, and one time-stamp token. */
  chainBytes: z.number().int().nonnegative(),
  timestampBytes: z.number().int().nonnegative(),
  /** How a code reaches its person; absent where the service does not say. */
  channel: channelSchema.exactOptional(),
});
export type SigningProfile = z.infer<typeof signingProfileSchema>;

/** A signing service as it describes itself. */
export const signingServiceDescriptionSchema = z.object({
  name: z.string(),
  version: z.string(),
  mode: z.enum(['sandbox', 'production']),
  /** Named in the SMS and the contract. */
  issuer: z.string(),
  /** Its clock in UTC, whole seconds, so that the station can see its own skew. */
  time: z.string(),
  profiles: z.array(signingProfileSchema),
  otp: z.object({ lifetimeSeconds: z.number().positive() }),
  /** Its time-stamp authority (RFC 3161 over HTTP), where it has one. */
  timestampUrl: z.string().exactOptional(),
  /** Its signatures come without time stamps: the station's own authorities give them. */
  needsTimestampAuthority: z.boolean().exactOptional(),
  /** How many documents it signs with one agreement of the signer; absent where it sets no limit of its own. */
  maxDocuments: z.number().int().positive().exactOptional(),
  /** Its signatures come with the certificates and revocation data that B-LT needs. */
  sendsValidationData: z.boolean(),
  /** PEM of the root, in sandbox mode only: in production the anchor comes by another way than the service. */
  sandboxAnchor: z.string().exactOptional(),
});
export type SigningServiceDescription = z.infer<typeof signingServiceDescriptionSchema>;
