import { z } from 'zod';

export const apiClientNameSchema = z.string().regex(/^[\w.-]{1,64}$/, 'Letters, digits, dots and hyphens.');

/** One client application: its key as a hash, and the addresses it may call from, where they are known. */
export const apiClientSchema = z.strictObject({
  name: apiClientNameSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  addresses: z.array(z.union([z.ipv4(), z.ipv6()])).optional(),
  /**
   * Owns what the application makes, and stays when it gets a new key. Applications of earlier versions have none:
   * their name stands for it.
   */
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  /** Its key opens nothing any more. */
  revokedAt: z.iso.datetime().optional(),
});
export type ApiClient = z.infer<typeof apiClientSchema>;

export const isRevoked = ({ revokedAt }: ApiClient): boolean => revokedAt !== undefined;
