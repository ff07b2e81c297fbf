import { z } from 'zod';

/** Life of a request as client applications know it; written with the double L of CANCELLED. */
export const API_REQUEST_STATES = Object.freeze([
  'CREATED',
  'VIDEOPENDING',
  'VIDEOINCOMPLETE',
  'VIDEOREVIEW',
  'VIDEOERROR',
  'ENROLLREADY',
  'ISSUED',
  'CANCELLED',
] as const);
export const apiRequestStateSchema = z.enum(API_REQUEST_STATES);
export type ApiRequestState = z.infer<typeof apiRequestStateSchema>;

/** Of an asynchronous request. */
export const asyncStateSchema = z.enum(['pending', 'approved', 'signing', 'signed', 'error']);
export type AsyncState = z.infer<typeof asyncStateSchema>;
