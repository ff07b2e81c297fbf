import { z } from 'zod';
import { signatureLevelSchema } from './signature-level.ts';
import { qualificationSchema, timestampQualificationSchema } from './trusted-lists.ts';

/** Why a check did not pass; for programs, translations and the sub-indications of EN 319 102-1. */
export const CHECK_REASONS = Object.freeze([
  'unreadable',
  'unsupportedFormat',
  'unsupportedAlgorithm',
  'weakCryptography',
  'signedAttributesWrong',
  'signedAttributesNotDer',
  'certificateNotBound',
  'hashMismatch',
  'contentMissing',
  'fileNotSigned',
  'signatureInvalid',
  'certificateMismatch',
  'noSigningCertificate',
  'onlyTimestamps',
  'coverageWrong',
  'signedContentChanged',
  'changeNotPermitted',
  'changeSuspicious',
  'signatureRemoved',
  'signatureCopied',
  'timestampMissing',
  'timestampInvalid',
  'timestampUntrusted',
  'timestampExpired',
  'timestampNotYetValid',
  'timestampOrder',
  'timestampInFuture',
  'claimedTimeImplausible',
  'chainUntrusted',
  'chainExpiredWithoutProof',
  'chainExpiredAtSigning',
  'chainNotYetValid',
  'chainBeforeBeginning',
  'chainConstraints',
  'overTheBound',
  'revoked',
  'certificateOnHold',
  'timestampAuthorityRevoked',
  'revocationUnknown',
] as const);
export const checkReasonSchema = z.enum(CHECK_REASONS);
export type CheckReason = z.infer<typeof checkReasonSchema>;

/** One check of a verification: passed, failed, or not decidable with what is available. */
export const checkSchema = z.object({
  name: z.enum(['integrity', 'coverage', 'certificate', 'chain', 'timestamp', 'revocation', 'changes']),
  outcome: z.enum(['passed', 'failed', 'undecided', 'none']),
  /** Absent where it passed. */
  reason: checkReasonSchema.optional(),
  /** In plain words, for a person. */
  sentence: z.string(),
});
export type Check = z.infer<typeof checkSchema>;

/** What was done to a file after a signature. */
export const CHANGE_KINDS = Object.freeze([
  'signatureAdded',
  'signatureCopied',
  'signatureChanged',
  'signatureRemoved',
  'documentTimestampAdded',
  'validationDataAdded',
  'validationDataChanged',
  'fieldFilled',
  'fieldOverwritten',
  'fieldRedesigned',
  'fieldAdded',
  'fieldRemoved',
  'annotationAdded',
  'annotationChanged',
  'annotationRemoved',
  'pageContentChanged',
  'pageSettingChanged',
  'pageAdded',
  'pageRemoved',
  'pagesReordered',
  'layersChanged',
  'actionAdded',
  'permissionsChanged',
  'documentInformationChanged',
  'documentSettingChanged',
  'formSettingChanged',
  'catalogReplaced',
  'encryptionChanged',
  'technicalDeclarationAdded',
  'hiddenContentActivated',
  'unusedObjectAdded',
  'ambiguousObject',
  'unaccountedBytes',
  'revisionsNotContinued',
  'looksOtherwise',
  'unreadable',
] as const);

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One change after signing; `page` and `field` say where, `objects` which objects of the file, for technicians. */
export const changeSchema = z.object({
  kind: z.enum(CHANGE_KINDS),
  /** Forbidden: the author's permissions or what was signed are violated. Suspicious: a person must look. */
  outcome: z.enum(['allowed', 'suspicious', 'forbidden']),
  page: z.number().int().min(1).optional(),
  field: z.string().optional(),
  /** The type of an annotation as the file names it, such as FreeText; the name of a setting, such as OpenAction. */
  detail: z.string().optional(),
  /** Why it is not simply allowed, where the kind does not say that already. */
  reason: z
    .enum([
      'certification',
      'fieldLock',
      'coversSignedContent',
      'coversPicture',
      'coversEarlierSignature',
      'drawsOnPage',
      'visibleAfterCertification',
      'notVerified',
      'acts',
    ])
    .optional(),
  objects: z.array(z.number().int()),
  /** In plain words, for a person. */
  sentence: z.string(),
});
export type Change = z.infer<typeof changeSchema>;

/** Part of a page as a viewer shows it: from its left and top edge, in parts of its width and height. */
const partOfPageSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/**
 * The version that was signed beside the present one, both drawn by a program of its own that knows nothing of the rules
 * by which changes are judged.
 */
export const drawnDifferencesSchema = z.object({
  /** So many pages of both were drawn: the first ones of a long document. */
  pages: z.number().int().nonnegative(),
  /** Why none was drawn: the rules alone have judged what was changed. */
  notDrawn: z.enum(['tooLarge', 'tooLong', 'unreadable']).optional(),
  differing: z.array(
    z.object({
      page: z.number().int().min(1),
      parts: z.array(partOfPageSchema),
      /** Whether what was found to be changed shows there, and nothing else differs. */
      isExplained: z.boolean(),
    }),
  ),
});
export type DrawnDifferences = z.infer<typeof drawnDifferencesSchema>;

/** EN 319 102-1 §5.1.3. */
export const indicationSchema = z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED']);
export type Indication = z.infer<typeof indicationSchema>;

/** EN 319 102-1 tables 5 and 6, as far as our checks tell them apart. */
export const subIndicationSchema = z.enum([
  ...['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'REVOKED', 'EXPIRED', 'NOT_YET_VALID'],
  ...['SIG_CONSTRAINTS_FAILURE', 'CHAIN_CONSTRAINTS_FAILURE', 'CRYPTO_CONSTRAINTS_FAILURE'],
  ...['NO_SIGNING_CERTIFICATE_FOUND', 'NO_CERTIFICATE_CHAIN_FOUND', 'OUT_OF_BOUNDS_NO_POE'],
  ...[
    'SIGNED_DATA_NOT_FOUND',
    'TIMESTAMP_ORDER_FAILURE',
    'NO_POE',
    'TRY_LATER',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  ],
] as const);
export type SubIndication = z.infer<typeof subIndicationSchema>;

export const verifiedSignatureSchema = z.object({
  field: z.string(),
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  level: z.enum([...signatureLevelSchema.options, 'none']),
  signer: z.string(),
  issuer: z.string(),
  /** The trusted root to which the certificate leads; absent where it leads to none. */
  anchor: z.string().optional(),
  serialNumber: z.string(),
  singleUse: z.boolean(),
  /** /M where it is a date; anybody can write anything there. */
  claimedSigningTime: z.iso.datetime().optional(),
  /** Time proven by the signature time stamp, or by the first document time stamp. */
  provenTime: z.string().optional(),
  /** The same verdict in the words of EN 319 102-1. */
  indication: indicationSchema,
  subIndication: subIndicationSchema.optional(),
  checks: z.array(checkSchema),
  /** What was done to the file after this signature, the gravest first. */
  changes: z.array(changeSchema),
  /** Absent where nothing follows the signature. */
  drawn: drawnDifferencesSchema.optional(),
  /** The certification or lock of this signature: what it permits afterwards (ISO 32000-2 table 257). */
  permission: z.enum(['nothing', 'filling', 'annotating']).optional(),
  reasonForSigning: z.string().optional(),
  location: z.string().optional(),
  certificate: z
    .object({
      subject: z.string(),
      issuer: z.string(),
      notBefore: z.string(),
      notAfter: z.string(),
      /** SHA-256 of the DER, hexadecimal. */
      fingerprint: z.string(),
      /** DER, base64. */
      der: z.string(),
    })
    .optional(),
  /** Names of the files that it covers, where it does not stand in a PDF: a CAdES signature. */
  signedFiles: z.array(z.string()).optional(),
  /** Such as ETSI.CAdES.detached. */
  subFilter: z.string().optional(),
  /** Offsets and lengths of what is covered; absent where the file does not say it in a usable way. */
  byteRange: z.array(z.number().int()).optional(),
  /** What was signed, as the signature itself says: base64. */
  digest: z
    .object({
      algorithm: z.enum(['sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-384', 'sha3-512']),
      value: z.string(),
    })
    .optional(),
  /** Base64. */
  signatureValue: z.string().optional(),
  /** What it is by the trusted lists; absent where no lists were given. */
  qualification: qualificationSchema.optional(),
  /** The same of the time stamp that proves the time. */
  timestampQualification: timestampQualificationSchema.optional(),
  coverage: z.object({
    wholeFile: z.boolean(),
    /** From the start of the file to the end of what was signed; 0 where the signature does not say. */
    bytes: z.number().int().nonnegative(),
    /** Which version of the file it covers, counted from 1 over everything that was signed or stamped. */
    version: z.number().int().positive(),
    versions: z.number().int().positive(),
  }),
});
export type VerifiedSignature = z.infer<typeof verifiedSignatureSchema>;

/** A document time stamp: proves that everything before it in the file existed at `time`. */
export const verifiedDocumentTimestampSchema = z.object({
  field: z.string(),
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  authority: z.string(),
  time: z.string().optional(),
  checks: z.array(checkSchema),
  /** What it is by the trusted lists; absent where no lists were given. */
  qualification: timestampQualificationSchema.optional(),
});
export type VerifiedDocumentTimestamp = z.infer<typeof verifiedDocumentTimestampSchema>;

/**
 * Until when the file proves by itself what it proves now: whatever comes first of the certificates and algorithms on
 * which everything else rests. A renewal (B-LTA) before then carries it on.
 */
export const protectionSchema = z.object({
  until: z.iso.datetime(),
  /** What ends then: the certificates of a time stamp, those of a signer without one, revocation data, an algorithm. */
  by: z.enum(['timestamp', 'certificate', 'revocationData', 'algorithm']),
  /** Of the certificate that ends, or whose key is of that algorithm. */
  name: z.string(),
});
export type Protection = z.infer<typeof protectionSchema>;

/** An evidence record beside the file (RFC 4998): proves that every byte of the file existed at `time`. */
export const verifiedEvidenceRecordSchema = z.object({
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  time: z.iso.datetime().optional(),
  /** When its last time stamp ends. */
  until: z.iso.datetime().optional(),
  /** How many hold. */
  timestamps: z.number().int().nonnegative(),
  checks: z.array(checkSchema),
});
export type VerifiedEvidenceRecord = z.infer<typeof verifiedEvidenceRecordSchema>;

/** How files are called that are signed and are no PDF. */
export const SIGNED_CONTAINERS: readonly string[] = ['p7m', 'p7s', 'asice', 'asics', 'sce', 'scs'];

/** A file that signs other files, or holds what it signs: a CMS (EN 319 122-1), or an ASiC (EN 319 162-1). */
export const signedContainerSchema = z.object({
  kind: z.enum(['enveloping', 'detached', 'asic', 'xml', 'encrypted']),
  files: z.array(
    z.object({
      name: z.string(),
      bytes: z.number().int().nonnegative(),
      /** Hexadecimal. */
      sha256: z.string(),
    }),
  ),
});
export type SignedContainer = z.infer<typeof signedContainerSchema>;

export const verificationReportSchema = z.object({
  file: z.string(),
  /** Absent for a PDF. */
  container: signedContainerSchema.optional(),
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  signatures: z.array(verifiedSignatureSchema),
  documentTimestamps: z.array(verifiedDocumentTimestampSchema),
  /** What concerns the file as a whole. */
  checks: z.array(checkSchema),
  evidenceRecord: verifiedEvidenceRecordSchema.optional(),
  /** Absent where nothing is proven: the file is not valid. */
  protection: protectionSchema.optional(),
  /** The time of this verification. */
  verifiedAt: z.string(),
});
export type VerificationReport = z.infer<typeof verificationReportSchema>;
