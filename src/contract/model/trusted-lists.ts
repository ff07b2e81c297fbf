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

/** Where the Commission publishes the list of lists. */
export const LIST_OF_LISTS = 'https://ec.europa.eu/tools/lotl/eu-lotl.xml';

/** Why a list that was fetched did not take the place of the one that was there. */
export const LIST_PROBLEMS = Object.freeze([
  'unreachable',
  'listOfListsMissing',
  'listOfListsNotAuthentic',
  'listOfListsStale',
  'listMissing',
  'listNotAuthentic',
  'listStale',
  'older',
] as const);

/** A list as it is in the folder: absent members where there is none that holds. */
export const keptListSchema = z.object({
  territory: z.string(),
  sequenceNumber: z.number().int().nonnegative().optional(),
  issued: z.iso.datetime().optional(),
  /** Until when it may be relied on. */
  nextUpdate: z.iso.datetime().optional(),
  /** Of the list in the folder, or of the last attempt to fetch another one. */
  problem: z.enum(LIST_PROBLEMS).optional(),
});
export type KeptList = z.infer<typeof keptListSchema>;

/** The lists of a folder, and when they were last fetched. */
export const listsStateSchema = z.object({
  /** Absent where nobody fetched them. */
  fetchedAt: z.iso.datetime().optional(),
  listOfLists: keptListSchema,
  national: z.array(keptListSchema),
});
export type ListsState = z.infer<typeof listsStateSchema>;
