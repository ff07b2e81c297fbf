/** Shapes of the Cloud Signature Consortium's API, versions 1.0.4.0 and 2.0.0.2, as our service speaks it. */
import { z } from 'zod';
import { MAX_DOCUMENTS } from '../model/manifest.ts';

export const SHA256_OID = '2.16.840.1.101.3.4.2.1';
const SHA256_BYTES = 32;

/** RFC 4648 §4 or §5, or percent-encoded: clients differ. Becomes padded base64 of 32 bytes. */
export const cscHashSchema = z
  .string()
  .max(200)
  .transform((text, context) => {
    const bytes = Buffer.from(unescaped(text).replaceAll('-', '+').replaceAll('_', '/'), 'base64');
    if (bytes.length === SHA256_BYTES) return bytes.toString('base64');
    context.addIssue({ code: 'custom', message: 'Invalid digest value length' });
    return z.NEVER;
  });

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The samples of the specification send a single one as a string. */
export const cscHashesSchema = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(cscHashSchema).min(1).max(MAX_DOCUMENTS),
);

const oidSchema = z.string().regex(/^[0-9.]{3,64}$/);
export const hashAlgorithmSchema = z.literal(SHA256_OID);
export const signAlgorithmSchema = oidSchema;
export const credentialIdSchema = z.string().min(1).max(128);
export const sadSchema = z.string().min(1).max(256);

/** Clients send null for what is absent. */
export const withoutNulls = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
        : value,
    schema,
  );
