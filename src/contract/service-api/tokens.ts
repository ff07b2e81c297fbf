import { z } from 'zod';
import { utcSeconds } from '../model/encoding.ts';

/** POST /v1/tokens: the registration officer (RAO) logs in. */
export const createTokenSchema = z.strictObject({
  username: z.string().min(1).max(128),
  password: z.string().min(1).max(256),
});

export const tokenResponseSchema = z.object({
  token: z.string(),
  expiresAt: utcSeconds,
  officer: z.object({
    username: z.string(),
    displayName: z.string(),
    registrationAuthorities: z.array(z.string()),
  }),
});
export type TokenResponse = z.infer<typeof tokenResponseSchema>;
