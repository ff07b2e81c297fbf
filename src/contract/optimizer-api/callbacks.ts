import { z } from 'zod';
import { apiRequestStateSchema } from './request-state.ts';

/** What a callback of the classic dialect carries. `error` is ours: why an asynchronous signature failed. */
export const classicCallbackSchema = z.object({
  status: apiRequestStateSchema,
  date: z.string(),
  previous_status: apiRequestStateSchema,
  request: z.number().int(),
  registration_authority: z.union([z.number().int(), z.string()]),
  error: z.string().optional(),
});

export const certificateEventSchema = z.object({
  status: z.literal('VALID'),
  serial_number: z.string(),
  /** `YYYYMMDD HH:MM:SS`, UTC. */
  valid_from: z.string(),
  valid_to: z.string(),
});

export const newerCallbackSchema = z.object({
  event_type: z.enum([
    'REQUEST_CREATED',
    'REQUEST_APPROVED',
    'REQUEST_ENROLLED',
    'REQUEST_CANCELED',
    'VIDEOID_UPDATED',
    'VIDEOID_FAILED',
    'VIDEOID_REFUSED',
    'REQUEST_SIGN_FAILED',
  ]),
  /** `YYYYMMDDHHMMSS`, UTC. */
  sent_at: z.string(),
  request: z.object({
    status: apiRequestStateSchema,
    profile: z.string(),
    registration_authority: z.union([z.number().int(), z.string()]),
    scratchcard: z.string(),
    pk: z.number().int(),
  }),
  certificates: z.array(certificateEventSchema),
  error: z.string().optional(),
});

export type ClassicCallback = z.infer<typeof classicCallbackSchema>;
export type NewerCallback = z.infer<typeof newerCallbackSchema>;
