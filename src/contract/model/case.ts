import { z } from 'zod';
import { sha256Base64 } from './encoding.ts';
import { CASE_ORDERS, CASE_OUTCOMES, EVIDENCE_OUTCOMES, sha256HexSchema } from './evidence.ts';
import { sealIdSchema } from './seal.ts';
import { signatureLevelSchema } from './signature-level.ts';
import { storedIdentitySchema } from './stored-identity.ts';
import {
  caseIdSchema,
  certificationSchema,
  signatureOptionsSchema,
  transactionIdSchema,
} from './transaction.ts';

/**
 * A case: documents that several people sign, one after the other. Each of them goes through a transaction of their
 * own; its signatures are the next revision of the same files.
 */

/** More signers than a loan has guarantors. */
export const MAX_SIGNERS = 20;

export const caseOrderSchema = z.enum(CASE_ORDERS);
export type CaseOrder = z.infer<typeof caseOrderSchema>;

const position = z.number().int().nonnegative();

/** A document as it was brought; its copy waits with the case. */
const caseDocumentSchema = z.strictObject({
  name: z.string().min(1),
  sourcePath: z.string().min(1),
  bytes: z.number().int().positive(),
  /** SHA-256 of the original. */
  sha256: sha256Base64,
});
export type CaseDocument = z.infer<typeof caseDocumentSchema>;

/** What one signer signs, and where it is seen. */
const signerDocumentSchema = z.strictObject({
  /** Among the documents of the case, counted from 0. */
  document: position,
  options: signatureOptionsSchema,
});
export type SignerDocument = z.infer<typeof signerDocumentSchema>;

/** What became of one document in one transaction. */
const attemptDocumentSchema = z.strictObject({
  document: position,
  /** Not signed: the signer refused this one. */
  refused: z.literal(true).optional(),
  /** The revision that carries the signature: its name in the folder of the transaction, and SHA-256. */
  file: z.string().optional(),
  sha256: sha256HexSchema.optional(),
});

/** One transaction of one signer; without an outcome it is under way. */
const attemptSchema = z.strictObject({
  transaction: transactionIdSchema,
  outcome: z.enum(EVIDENCE_OUTCOMES).optional(),
  /** The sealed record that tells of it. */
  record: z.strictObject({ sequence: z.number().int().positive(), hash: sha256HexSchema }).optional(),
  documents: z.array(attemptDocumentSchema).optional(),
});
export type CaseAttempt = z.infer<typeof attemptSchema>;

const caseSignerSchema = z.strictObject({
  /** A person; or the organisation of the seal. */
  identity: storedIdentitySchema,
  seal: sealIdSchema.optional(),
  /** Of the certificate, where it is not that of the case. */
  profile: z.string().optional(),
  documents: z.array(signerDocumentSchema).min(1),
  attempts: z.array(attemptSchema),
});
export type CaseSigner = z.infer<typeof caseSignerSchema>;

const outcomeSchema = z.enum(CASE_OUTCOMES);
export type CaseOutcome = z.infer<typeof outcomeSchema>;

export const caseEventSchema = z.strictObject({
  at: z.iso.datetime(),
  type: z.enum(['created', 'begun', 'abandoned', 'settled', 'closing', 'delivered']),
  signer: position.optional(),
  transaction: transactionIdSchema.optional(),
});
export type CaseEvent = z.infer<typeof caseEventSchema>;

/** The record of a case as it is stored, written whole at each change. Never holds a code, password or PIN. */
export const caseRecordSchema = z.strictObject({
  format: z.literal('one-shot-case-1'),
  id: caseIdSchema,
  order: caseOrderSchema,
  profile: z.string(),
  registrationAuthority: z.string(),
  level: signatureLevelSchema.optional(),
  organisation: z.string().optional(),
  officer: z.string().optional(),
  /** Folder for the signed files; absent means beside each original. */
  deliverTo: z.string().optional(),
  /** The first signature of each document certifies it and permits this afterwards. */
  certification: certificationSchema.optional(),
  documents: z.array(caseDocumentSchema).min(1),
  signers: z.array(caseSignerSchema).min(1).max(MAX_SIGNERS),
  /** From the moment in which nobody signs any more. */
  closed: z
    .strictObject({
      outcome: outcomeSchema,
      /** The delivered files, by position of the document; absent for one that nobody signed. */
      files: z.array(z.string().nullable()).optional(),
      record: z.strictObject({ sequence: z.number().int().positive(), hash: sha256HexSchema }).optional(),
    })
    .optional(),
  events: z.array(caseEventSchema).min(1),
});
export type CaseRecord = z.infer<typeof caseRecordSchema>;

export const SIGNER_STATES = Object.freeze(['waiting', 'signing', 'signed', 'declined'] as const);
export type SignerState = (typeof SIGNER_STATES)[number];

/** Of a signer's last transaction; one that was cancelled or expired leaves them waiting. */
export function signerState({ attempts }: Pick<CaseSigner, 'attempts'>): SignerState {
  const last = attempts.at(-1);
  if (last === undefined) return 'waiting';
  if (last.outcome === undefined) return 'signing';
  return last.outcome === 'signed' || last.outcome === 'declined' ? last.outcome : 'waiting';
}

/**
 * Those who may begin now, by position: nobody while one is signing or after the end. Who declined may change their
 * mind, whatever the order. In any order a seal comes when all people have signed or declined.
 */
export function possibleSigners({ signers, order, closed }: CaseRecord): number[] {
  if (closed) return [];
  const states = signers.map(signerState);
  if (states.includes('signing')) return [];
  const firstWaiting = states.indexOf('waiting');
  const people = signers.filter(({ seal }) => seal === undefined);
  const peopleWait = people.some((one) => signerState(one) === 'waiting');
  return states.flatMap((state, index) => {
    if (state === 'declined') return [index];
    const isAfterPeople = signers[index]?.seal === undefined || !peopleWait;
    const isTheirTurn = order === 'anyOrder' ? isAfterPeople : index === firstWaiting;
    return state === 'waiting' && isTheirTurn ? [index] : [];
  });
}

/** Documents that this signer was asked to sign and refused. */
export const refusedBy = ({ attempts }: Pick<CaseSigner, 'attempts'>): number[] =>
  (attempts.at(-1)?.documents ?? []).flatMap(({ document, refused }) => (refused ? [document] : []));

/** What the case comes to if it ends now. */
export function outcomeOf({ signers }: Pick<CaseRecord, 'signers'>): CaseOutcome {
  const isWhole = signers.every((one) => signerState(one) === 'signed' && refusedBy(one).length === 0);
  if (isWhole) return 'complete';
  return signers.some((one) => signerState(one) === 'signed') ? 'partly' : 'unsigned';
}
