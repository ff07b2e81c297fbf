import { z } from 'zod';
import { channelSchema } from './channel.ts';
import { ID_DOCUMENT_TYPES } from './identity.ts';
import { languageSchema } from './language.ts';
import { pageRangesSchema } from './page-ranges.ts';
import { signatureLevelSchema } from './signature-level.ts';
import {
  caseIdSchema,
  certificationSchema,
  sourceAttemptSchema,
  transactionIdSchema,
} from './transaction.ts';
import { checkSchema } from './verification.ts';

/**
 * Evidence: what the station can show later about one transaction, whatever became of it. No document content,
 * no code, no full phone number. Each record carries the hash of the one before it.
 */
const instant = z.iso.datetime();
export const sha256HexSchema = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 hash in hexadecimal.');

export const consentGivenSchema = z.strictObject({
  purpose: z.string(),
  /** The document that it is about, by its position; absent where it is about all of them. */
  document: z.number().int().nonnegative().optional(),
  /** The sentence as it stood on the signer's screen, and the SHA-256 of its UTF-8. */
  text: z.string(),
  sha256: sha256HexSchema,
});

/** What people did at the signer's screen. */
export const ceremonyActSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('handedOver'), turnedScreen: z.boolean() }),
  z.strictObject({ type: z.literal('begun'), language: languageSchema }),
  /** All pages of this document that were on the screen so far; `document` counts from 0. */
  z.strictObject({
    type: z.literal('pagesShown'),
    document: z.union([z.literal('contract'), z.number().int().nonnegative()]),
    shown: pageRangesSchema,
    pages: z.number().int().positive(),
  }),
  z.strictObject({
    type: z.literal('consented'),
    language: languageSchema,
    wordingVersion: z.string(),
    consents: z.array(consentGivenSchema),
  }),
  /** Pages that could not be drawn on the signer's screen, hence were not shown. */
  z.strictObject({
    type: z.literal('pagesNotDrawn'),
    document: z.union([z.literal('contract'), z.number().int().nonnegative()]),
    pages: pageRangesSchema,
  }),
  z.strictObject({ type: z.literal('phoneDisputed') }),
  z.strictObject({ type: z.literal('declined') }),
  z.strictObject({ type: z.literal('takenBack') }),
]);
export type CeremonyAct = z.infer<typeof ceremonyActSchema>;

/** The service as it described itself when the signer was registered. */
export const serviceIdentitySchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  mode: z.enum(['sandbox', 'production']),
  issuer: z.string(),
});

export const timestampFactsSchema = z.strictObject({
  time: instant,
  authority: z.string(),
  serialNumber: z.string(),
  /** SHA-256 of the DER token. */
  sha256: sha256HexSchema,
});

/** What the service issued, read from its verified answer. */
export const signatureFactsSchema = z.strictObject({
  certificate: z.strictObject({
    serialNumber: z.string(),
    subject: z.string(),
    issuer: z.string(),
    notBefore: instant,
    notAfter: instant,
    /** SHA-256 of the DER certificate. */
    sha256: sha256HexSchema,
  }),
  /** One for each signature, in order; empty at level B-B. */
  timestamps: z.array(timestampFactsSchema),
});
export type SignatureFacts = z.infer<typeof signatureFactsSchema>;

/** What was found of an act in the transparency log of the service, as it was judged here. */
const loggedActSchema = z.strictObject({
  act: z.enum(['issuance', 'signature']),
  /** SHA-256 of what the entry must be about: the TBSCertificate, or the response to the sign call. */
  digest: sha256HexSchema,
  /** `awaited`: it had no place in the published log yet. `wrong`: what the service gave as a proof proves nothing. */
  state: z.enum(['proven', 'awaited', 'wrong']),
  /** C2SP tlog-proof, with what opens the entry. */
  proof: z
    .string()
    .max(64 * 1024)
    .optional(),
});

export const logEvidenceSchema = z.strictObject({
  /** Of the log, as the service named it: `origin+hash+key`. */
  key: z.string().max(1024),
  acts: z.array(loggedActSchema).max(2),
});
export type LogEvidence = z.infer<typeof logEvidenceSchema>;

/** A finished file as it was verified before it was delivered. */
export const verifiedDocumentSchema = z.strictObject({
  bytes: z.number().int().positive(),
  sha256: sha256HexSchema,
  verdict: z.enum(['valid', 'invalid', 'undecided']),
  level: z.enum([...signatureLevelSchema.options, 'none']),
  provenTime: instant.optional(),
  checks: z.array(checkSchema.pick({ name: true, outcome: true })),
  documentTimestamps: z.array(z.strictObject({ authority: z.string(), time: instant.optional() })),
});
export type VerifiedDocument = z.infer<typeof verifiedDocumentSchema>;

const evidenceDocumentSchema = z.strictObject({
  name: z.string(),
  pages: z.number().int().positive(),
  bytes: z.number().int().positive(),
  earlierSignatures: z.number().int().nonnegative(),
  /** SHA-256 of the file as it was shown. */
  shownSha256: sha256HexSchema,
  pagesShown: pageRangesSchema.optional(),
  /** The signer refused it: it was shown and not signed. */
  refused: z.literal(true).optional(),
  /** SHA-256 over the ByteRange: what was signed, or would have been. */
  byteRangeDigest: sha256HexSchema.optional(),
  claimedSigningTime: instant.optional(),
  field: z.string().optional(),
  timestamp: timestampFactsSchema.optional(),
  result: verifiedDocumentSchema.optional(),
  /** Name of the delivered file. */
  deliveredAs: z.string().optional(),
});

const eventSchema = z.strictObject({
  at: instant,
  type: z.string(),
  /** Error code of a step that failed or was refused. */
  code: z.string().optional(),
});

export const EVIDENCE_OUTCOMES = Object.freeze(['signed', 'declined', 'cancelled', 'expired'] as const);

const transactionEvidenceSchema = z.strictObject({
  kind: z.literal('transaction'),
  transaction: transactionIdSchema,
  /** The case whose signer this is. */
  case: caseIdSchema.optional(),
  outcome: z.enum(EVIDENCE_OUTCOMES),
  createdAt: instant,
  endedAt: instant,
  organisation: z.string().optional(),
  registrationAuthority: z.string(),
  profile: z.string(),
  levelAsked: signatureLevelSchema,
  signer: z.strictObject({
    name: z.string(),
    idDocument: z.strictObject({
      type: z.enum(ID_DOCUMENT_TYPES),
      // As it was judged that day: records are read for as long as they are kept.
      country: z.string(),
      number: z.string(),
    }),
    maskedPhone: z.string(),
    language: languageSchema,
    /** The seal of this organisation signed, in place of a person. */
    seal: z.string().optional(),
  }),
  service: serviceIdentitySchema.optional(),
  requestId: z.string().optional(),
  contract: z
    .strictObject({
      sha256: sha256HexSchema,
      pages: z.number().int().positive().optional(),
      pagesShown: pageRangesSchema.optional(),
    })
    .optional(),
  documents: z.array(evidenceDocumentSchema),
  consent: z
    .strictObject({
      at: instant,
      language: languageSchema,
      wordingVersion: z.string(),
      consents: z.array(consentGivenSchema),
    })
    .optional(),
  /** Codes that were sent: where to and by what, never the code. */
  codes: z.array(
    z.strictObject({
      at: instant,
      channel: channelSchema,
      maskedPhone: z.string(),
      deliveryReference: z.string(),
      /** Of the manifest; on the screen and in the SMS. */
      reference: z.string(),
      expiresAt: instant,
    }),
  ),
  attempts: z.array(
    z.strictObject({ at: instant, outcome: z.enum(['accepted', 'refused']), code: z.string().optional() }),
  ),
  certificate: signatureFactsSchema.shape.certificate.optional(),
  log: logEvidenceSchema.optional(),
  /** Sources that were asked for a long-term level. */
  sources: z.array(sourceAttemptSchema),
  events: z.array(eventSchema),
});
export type TransactionEvidence = z.infer<typeof transactionEvidenceSchema>;

/** What happened after the record of a transaction was sealed, such as the screen given back. */
const addendumSchema = z.strictObject({
  kind: z.literal('addendum'),
  transaction: transactionIdSchema,
  events: z.array(eventSchema).min(1),
  /** What the log proves meanwhile, in place of what was known when the record was sealed. */
  log: logEvidenceSchema.optional(),
});

/** What a case came to: everybody signed everything, something was signed, or nothing. */
export const CASE_OUTCOMES = Object.freeze(['complete', 'partly', 'unsigned'] as const);
/** `inOrder`: each signer may sign when those before have signed or declined. */
export const CASE_ORDERS = Object.freeze(['inOrder', 'anyOrder'] as const);

const position = z.number().int().nonnegative();

/** A case that has ended: who signed what, and the sealed record of each signer's transactions. */
const caseEvidenceSchema = z.strictObject({
  kind: z.literal('case'),
  case: caseIdSchema,
  outcome: z.enum(CASE_OUTCOMES),
  createdAt: instant,
  endedAt: instant,
  order: z.enum(CASE_ORDERS),
  organisation: z.string().optional(),
  registrationAuthority: z.string(),
  certification: certificationSchema.optional(),
  documents: z.array(
    z.strictObject({
      name: z.string(),
      bytes: z.number().int().positive(),
      /** SHA-256 of the file as it was brought. */
      sha256: sha256HexSchema,
      /** Name and SHA-256 of the delivered file; absent where nobody signed it. */
      deliveredAs: z.string().optional(),
      deliveredSha256: sha256HexSchema.optional(),
      /** Signers by position, in the order of their signatures. */
      signedBy: z.array(position),
    }),
  ),
  signers: z.array(
    z.strictObject({
      name: z.string(),
      outcome: z.enum(['signed', 'declined', 'notSigned']),
      /** Documents that were for this signer, and those among them that they refused. */
      documents: z.array(position),
      refused: z.array(position),
      records: z.array(
        z.strictObject({
          transaction: transactionIdSchema,
          outcome: z.enum(EVIDENCE_OUTCOMES),
          sequence: position,
          hash: sha256HexSchema,
        }),
      ),
    }),
  ),
  events: z.array(eventSchema.extend({ signer: position.optional() })),
});
export type CaseEvidence = z.infer<typeof caseEvidenceSchema>;

export const evidenceContentSchema = z.discriminatedUnion('kind', [
  transactionEvidenceSchema,
  caseEvidenceSchema,
  addendumSchema,
]);
export type EvidenceContent = z.infer<typeof evidenceContentSchema>;

/** The id of what a record tells of: a transaction, or a case. */
export const subjectOf = (content: EvidenceContent): string =>
  content.kind === 'case' ? content.case : content.transaction;

export const evidenceRecordSchema = z.strictObject({
  format: z.literal('one-shot-evidence-1'),
  /** Random name of the station whose chain this is. */
  station: z.string().regex(/^[0-9a-f]{32}$/),
  sequence: z.number().int().positive(),
  previousHash: sha256HexSchema,
  sealedAt: instant,
  /** How many entries of the transaction's journal this record and those before it tell of. */
  entries: z.number().int().positive(),
  content: evidenceContentSchema,
});
export type EvidenceRecord = z.infer<typeof evidenceRecordSchema>;

/** As it is stored and exported: `hash` is the SHA-256 of the canonical JSON of `record`. */
export const sealedRecordSchema = z.strictObject({ record: evidenceRecordSchema, hash: sha256HexSchema });
export type SealedRecord = z.infer<typeof sealedRecordSchema>;
