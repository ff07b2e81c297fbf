import { z } from 'zod';
import { utcSeconds } from '../model/encoding.ts';
import { identitySchema } from '../model/identity.ts';
import { requestIdSchema } from '../model/request-id.ts';
import { requestStateSchema } from '../model/request-state.ts';

/** A key of the caller's: the same key with the same body answers the same; 16 to 64 characters. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, 'An idempotency key has 16 to 64 letters, digits, - or _.');

/** POST /v1/requests: identity plus the officer's approval, which is their PIN. */
export const createRequestSchema = z.strictObject({
  identity: identitySchema,
  registrationAuthority: z.string().regex(/^[0-9A-Za-z-]{1,32}$/),
  profile: z.string().min(1).max(64),
  pin: z.string().min(4).max(32),
  /** For the contract and the SMS: who presents the documents to the signer. */
  organisation: z.string().trim().min(1).max(64).optional(),
});
export type CreateRequest = z.infer<typeof createRequestSchema>;
export type CreateRequestInput = z.input<typeof createRequestSchema>;

export const requestViewSchema = z.object({
  id: requestIdSchema,
  state: requestStateSchema,
  profile: z.string(),
  registrationAuthority: z.string(),
  officer: z.string(),
  signer: z.string(),
  maskedPhone: z.string(),
  createdAt: utcSeconds,
  expiresAt: utcSeconds,
  contract: z.object({ sha256: z.string(), bytes: z.number().int() }),
});
export type RequestView = z.infer<typeof requestViewSchema>;

/** GET /v1/requests/{id}/events: the append-only log of one request, hash-chained. */
export const requestEventSchema = z.object({
  sequence: z.number().int(),
  at: z.iso.datetime(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export const requestEventsSchema = z.object({ events: z.array(requestEventSchema) });
export type RequestEvent = z.infer<typeof requestEventSchema>;
