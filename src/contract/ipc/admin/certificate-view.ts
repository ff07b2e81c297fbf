import { z } from 'zod';

/** SHA-256 of the DER of a certificate, lower-case hex. */
export const fingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** A certificate as a person compares it with a letter of its operator. */
export const certificateViewSchema = z.strictObject({
  fingerprint: fingerprintSchema,
  subject: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
});
export type CertificateView = z.infer<typeof certificateViewSchema>;

/** What an anchor is trusted for: signatures and time stamps, or the TLS of the service's address. */
export const ANCHOR_USES = Object.freeze(['signatures', 'server'] as const);
export const anchorUseSchema = z.enum(ANCHOR_USES);
export type AnchorUse = z.infer<typeof anchorUseSchema>;
