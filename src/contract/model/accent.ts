import { z } from 'zod';

/** An accent colour as #rrggbb, lower case. */
export const accentSchema = z.string().regex(/^#[0-9a-f]{6}$/, 'A colour such as #0f4c81.');
