import { z } from 'zod';
import { visibleSignatureSchema } from './appearance.ts';
import { documentNoteSchema } from './document-notes.ts';
import { sha256Base64, utcSeconds } from './encoding.ts';
import { contentsSchema, MAX_DOCUMENTS } from './manifest.ts';
import { otpSentSchema } from './otp-sent.ts';
import { sealIdSchema } from './seal.ts';
import { signatureLevelSchema } from './signature-level.ts';
import { storedIdentitySchema } from './stored-identity.ts';

/**
 * A transaction at the station, from picked files to delivered files. Each state is written to disk
 * before the outside effect that follows it. `cancelled` and `expired` are final, `delivered` too.
 */
export const TRANSACTION_STATES = Object.freeze([
  'created',
  'registered',
  'prepared',
  'reviewed',
  'otpSent',
  'signing',
  'signed',
  'delivered',
  'cancelled',
  'expired',
] as const);
export const transactionStateSchema = z.enum(TRANSACTION_STATES);
export type TransactionState = z.infer<typeof transactionStateSchema>;

export const FINAL_STATES: readonly TransactionState[] = Object.freeze(['delivered', 'cancelled', 'expired']);

export type { SignatureLevel } from './signature-level.ts';

/** Levels that a signature reaches after it was made, by what is appended to the file (EN 319 142-1 §6.1). */
export const LONG_TERM_LEVELS = Object.freeze(['B-LT', 'B-LTA'] as const);
export type LongTermLevel = (typeof LONG_TERM_LEVELS)[number];
export const isLongTerm = (level: string): level is LongTermLevel =>
  (LONG_TERM_LEVELS as readonly string[]).includes(level);

export type { VisibleSignature } from './appearance.ts';

export const certificationSchema = z.union([z.literal(2), z.literal(3)]);
export type Certification = z.infer<typeof certificationSchema>;

const futureFieldSchema = z.strictObject({
  name: z.string().min(1).max(64),
  page: visibleSignatureSchema.shape.page,
  rectangle: visibleSignatureSchema.shape.rectangle,
});

/** What the signer is told about a document and what the signature dictionary will say. */
export const signatureOptionsSchema = z.strictObject({
  visible: visibleSignatureSchema.optional(),
  fieldName: z.string().min(1).max(64).optional(),
  reason: z.string().max(200).optional(),
  location: z.string().max(200).optional(),
  /** The first signature of a document certifies it: what may follow are forms and signatures (2), comments too (3). */
  certify: certificationSchema.optional(),
  /** Empty fields for those who sign after it, whose places are fixed with a certification. */
  futureFields: z.array(futureFieldSchema).max(50).optional(),
});
export type SignatureOptions = z.infer<typeof signatureOptionsSchema>;

export const caseIdSchema = z.string().regex(/^case_[0-9a-f]{24}$/, 'Not the id of a case.');

export const transactionIdSchema = z.string().regex(/^tx_[0-9a-z]{16,40}$/, 'Not the id of a transaction.');

/** A document as it was imported: the vault's copy is what is shown, hashed and signed. */
export const importedDocumentSchema = z.strictObject({
  name: z.string().min(1),
  sourcePath: z.string().min(1),
  /** What is shown and hashed: the original and, where its cross-reference was damaged, the repair behind it. */
  bytes: z.number().int().positive(),
  /** SHA-256 of the original file. */
  sha256: sha256Base64,
  pages: z.number().int().positive(),
  earlierSignatures: z.number().int().nonnegative(),
  notes: z.array(documentNoteSchema),
  options: signatureOptionsSchema,
  /** Number of the copy in the vault, where it is not the position in the list. */
  slot: z.number().int().nonnegative().optional(),
});
export type ImportedDocument = z.infer<typeof importedDocumentSchema>;

/** A document that the signer refused: kept with what was prepared for it, so that they can change their mind. */
const refusedDocument = <P extends z.ZodType>(prepared: P) =>
  z.strictObject({
    /** Among all documents, counted from 0. */
    position: z.number().int().nonnegative(),
    document: importedDocumentSchema,
    prepared: prepared.optional(),
  });

/** A digest that came without its content; what is delivered for it is a detached CMS (.p7m). */
export const importedHashSchema = z.strictObject({
  name: z.string().min(1),
  digest: sha256Base64,
  slot: z.number().int().nonnegative(),
});
export type ImportedHash = z.infer<typeof importedHashSchema>;

/** The incremental update that waits for its /Contents, and the digest over its ByteRange. */
export const preparedDocumentSchema = z.strictObject({
  digest: sha256Base64,
  claimedSigningTime: utcSeconds,
  fieldName: z.string(),
  byteRange: z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]).readonly(),
  contentsOffset: z.number().int().positive(),
  contentsLength: z.number().int().positive(),
});
export type PreparedDocument = z.infer<typeof preparedDocumentSchema>;

export const registrationSchema = z.strictObject({
  /** As the provider names it, which may be any of several. */
  requestId: z.string().regex(/^[!-~]{1,300}$/, 'Not the id of a request.'),
  expiresAt: utcSeconds,
  /** Empty where the provider keeps the number to itself. */
  maskedPhone: z.string(),
  /** Absent where the provider has no contract. */
  contractSha256: z.string().optional(),
});

/** The single-use certificate that signed, as far as others are told of it. */
export const issuedCertificateSchema = z.strictObject({
  /** Hexadecimal. */
  serialNumber: z.string(),
  notBefore: utcSeconds,
  notAfter: utcSeconds,
});

/** One attempt to obtain something for a long-term level from an outside source. */
export const sourceAttemptSchema = z.strictObject({
  purpose: z.enum(['timestamp', 'crl', 'ocsp', 'certificate']),
  url: z.string(),
  outcome: z.enum(['used', 'failed']),
  /** Why it failed. */
  reason: z.string().optional(),
});
export type SourceAttempt = z.infer<typeof sourceAttemptSchema>;

/** The whole record of one transaction, folded from its journal. Never holds a code, password or PIN. */
export const transactionSchema = z.strictObject({
  id: transactionIdSchema,
  state: transactionStateSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  profile: z.string(),
  registrationAuthority: z.string(),
  level: signatureLevelSchema,
  /** Nobody named a level: the usual one, as far as the service sends the data for it. */
  levelIsUsual: z.boolean().optional(),
  organisation: z.string().optional(),
  identity: storedIdentitySchema,
  /** Folder for the signed files; absent means beside each original. */
  deliverTo: z.string().optional(),
  /** An electronic seal of the service signs, which `identity` then names; nobody gets a code. */
  seal: sealIdSchema.optional(),
  /** The case whose signer this is, where several sign the same documents. */
  case: caseIdSchema.optional(),
  /** Empty while a transaction that was registered first waits for its documents. */
  documents: z.array(importedDocumentSchema).max(MAX_DOCUMENTS),
  hashes: z.array(importedHashSchema).max(MAX_DOCUMENTS).optional(),
  /** Whose credentials stand behind it, where a station serves several officers. */
  officer: z.string().optional(),
  /** Idempotency key of the registration, written before the call. */
  registrationKey: z.string().optional(),
  registration: registrationSchema.optional(),
  prepared: z.array(preparedDocumentSchema).optional(),
  refused: z.array(refusedDocument(preparedDocumentSchema)).optional(),
  /** The claimed signing time of the hashes, fixed with that of the documents. */
  hashesClaimedAt: utcSeconds.optional(),
  /** What the signer agreed to in another application; the code is then bound to these digests. */
  contents: contentsSchema.optional(),
  otp: otpSentSchema.optional(),
  /** Idempotency key of the one signing call, written before the call. */
  signingKey: z.string().optional(),
  certificate: issuedCertificateSchema.optional(),
  /** The sources that were asked for a long-term level, in order, whatever came of it. */
  sources: z.array(sourceAttemptSchema).optional(),
  /** The long-term level is reached in the vault; from now on its copies stay as they are. */
  augmented: z.boolean().optional(),
  delivered: z.array(z.string()).optional(),
  /** Cancelled because the signer declined. */
  declined: z.boolean().optional(),
  /** Attempts of going on by itself that began and did not end: what ended the process may end the next one too. */
  recoveries: z.number().int().positive().optional(),
  /** The last step that failed, by error code; the state tells from where to go on. */
  failure: z.strictObject({ step: z.string(), code: z.string(), at: z.iso.datetime() }).optional(),
});
export type Transaction = z.infer<typeof transactionSchema>;
