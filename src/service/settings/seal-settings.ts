import { z } from 'zod';

/** An electronic seal: the certificate is in `seals/<id>.pem` of the data directory, the key in `keys`. */
export const sealConfigSchema = z.strictObject({
  /** What applications and stations call it. */
  id: z.string().regex(/^[a-z0-9-]{1,48}$/),
  /** Label of the key. Default: `seal-<id>`. */
  key: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .optional(),
  /** User names of the officers who may seal; in a sandbox everybody, where it is absent. */
  officers: z.array(z.string().min(1).max(128)).min(1).optional(),
});
export type SealConfig = z.infer<typeof sealConfigSchema>;

/** What a sandbox has where its configuration names no seals. */
export const SANDBOX_SEAL: SealConfig = Object.freeze({ id: 'sandbox-seal' });

export const sealKeyLabel = ({ id, key }: SealConfig): string => key ?? `seal-${id}`;
