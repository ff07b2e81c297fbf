import { z } from 'zod';

/** By what the service names the seal of an organisation. */
export const sealIdSchema = z.string().regex(/^[a-z0-9-]{1,48}$/, 'Not the id of a seal.');

/** In place of a certificate profile, where a seal signs. */
export const SEAL_PROFILE = 'seal';
