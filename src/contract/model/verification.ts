import { z } from 'zod';

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
  level: z.enum(['B-B', 'B-T', 'none']),
  signer: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  singleUse: z.boolean(),
  claimedSigningTime: z.string().optional(),
  /** Time proven by the signature time stamp. */
  provenTime: z.string().optional(),
  checks: z.array(checkSchema),
});
export type VerifiedSignature = z.infer<typeof verifiedSignatureSchema>;

export const verificationReportSchema = z.object({
  file: z.string(),
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  signatures: z.array(verifiedSignatureSchema),
});
export type VerificationReport = z.infer<typeof verificationReportSchema>;
