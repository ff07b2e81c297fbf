import { z } from 'zod';
import { signatureLevelSchema } from './transaction.ts';

/** One check of a verification: passed, failed, or not decidable with what is at hand. */
export const checkSchema = z.object({
  name: z.enum(['integrity', 'coverage', 'certificate', 'chain', 'timestamp', 'revocation', 'changes']),
  outcome: z.enum(['passed', 'failed', 'undecided', 'none']),
  /** In plain words, for a person. */
  sentence: z.string(),
});
export type Check = z.infer<typeof checkSchema>;

export const verifiedSignatureSchema = z.object({
  field: z.string(),
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  level: z.enum([...signatureLevelSchema.options, 'none']),
  signer: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  singleUse: z.boolean(),
  claimedSigningTime: z.string().optional(),
  /** Time proven by the signature time stamp, or by the first document time stamp. */
  provenTime: z.string().optional(),
  checks: z.array(checkSchema),
});
export type VerifiedSignature = z.infer<typeof verifiedSignatureSchema>;

/** A document time stamp: proves that everything before it in the file existed at `time`. */
export const verifiedDocumentTimestampSchema = z.object({
  field: z.string(),
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  authority: z.string(),
  time: z.string().optional(),
  checks: z.array(checkSchema),
});
export type VerifiedDocumentTimestamp = z.infer<typeof verifiedDocumentTimestampSchema>;

export const verificationReportSchema = z.object({
  file: z.string(),
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  signatures: z.array(verifiedSignatureSchema),
  documentTimestamps: z.array(verifiedDocumentTimestampSchema),
});
export type VerificationReport = z.infer<typeof verificationReportSchema>;
