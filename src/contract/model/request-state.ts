import { z } from 'zod';

/**
 * Life of a request at the signature service. `approved` waits for a code, `otpSent` for the signer,
 * `signing` is the one irreversible step; the last three are final.
 */
export const REQUEST_STATES = Object.freeze([
  'approved',
  'otpSent',
  'signing',
  'signed',
  'cancelled',
  'expired',
] as const);
export const requestStateSchema = z.enum(REQUEST_STATES);
export type RequestState = z.infer<typeof requestStateSchema>;

/** States that nothing leaves. */
export const FINAL_REQUEST_STATES: readonly RequestState[] = Object.freeze([
  'signed',
  'cancelled',
  'expired',
]);
