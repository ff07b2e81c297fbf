import { z } from 'zod';

/** What a signature is in the words of ETSI TS 119 615, by the trusted lists of the European Union. */
export const QUALIFICATION_WORDS = Object.freeze([
  'qualifiedSignature',
  'qualifiedSeal',
  'advancedSignatureWithQualifiedCertificate',
  'advancedSealWithQualifiedCertificate',
  'advanced',
  'undetermined',
] as const);

/** What a time stamp is in the same words. */
export const TIMESTAMP_WORDS = Object.freeze(['qualifiedTimestamp', 'timestamp', 'undetermined'] as const);

/** Why it is not called qualified. */
export const QUALIFICATION_REASONS = Object.freeze([
  'signatureNotValid',
  'listOfListsMissing',
  'listOfListsNotAuthentic',
  'listOfListsStale',
  'listMissing',
  'listNotAuthentic',
  'listStale',
  'notListed',
  'serviceNotGranted',
  'certificateNotQualified',
  'certificateForOtherUse',
  'noQualifiedDevice',
  'contradictory',
] as const);

/** Which list said it, and about which service. */
const listedServiceSchema = z.object({
  /** ISO 3166 code as the lists write it: EL and UK are among them. */
  territory: z.string(),
  sequenceNumber: z.number().int().nonnegative(),
  issued: z.string(),
  /** Until when the list may be relied on; absent in a list that its scheme has closed. */
  nextUpdate: z.string().optional(),
  /** Name of the trust service provider, and of its service. */
  provider: z.string(),
  service: z.string(),
  /** The last part of the status URI of TS 119 612 at the relevant time, such as `granted`. */
  status: z.string(),
});
export type ListedService = z.infer<typeof listedServiceSchema>;

export const qualificationSchema = z.object({
  word: z.enum(QUALIFICATION_WORDS),
  reason: z.enum(QUALIFICATION_REASONS).optional(),
  listed: listedServiceSchema.optional(),
});
export type Qualification = z.infer<typeof qualificationSchema>;
export type QualificationReason = NonNullable<Qualification['reason']>;

export const timestampQualificationSchema = qualificationSchema.extend({ word: z.enum(TIMESTAMP_WORDS) });
export type TimestampQualification = z.infer<typeof timestampQualificationSchema>;
