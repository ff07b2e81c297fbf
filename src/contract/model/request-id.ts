import { z } from 'zod';

/** Of a request at the signature service. */
export const requestIdSchema = z.string().regex(/^req_[0-9a-z]{16,40}$/, 'Not the id of a request.');
