import { z } from 'zod';
import { utcSeconds } from '../../contract/model/encoding.ts';
import {
  ceremonyActSchema,
  logEvidenceSchema,
  serviceIdentitySchema,
  sha256HexSchema,
  signatureFactsSchema,
  verifiedDocumentSchema,
} from '../../contract/model/evidence.ts';
import { contentsSchema } from '../../contract/model/manifest.ts';
import { otpSentSchema } from '../../contract/model/otp-sent.ts';
import { signatureLevelSchema } from '../../contract/model/signature-level.ts';
import {
  importedDocumentSchema,
  importedHashSchema,
  issuedCertificateSchema,
  preparedDocumentSchema,
  registrationSchema,
  signatureOptionsSchema,
  sourceAttemptSchema,
  transactionSchema,
} from '../../contract/model/transaction.ts';

/**
 * What the journal of a transaction can say, by the rules of today: what is written is judged by them, what is read is
 * not (`stored/`). The events ending in -ing are intents, written before the
 * outside effect; the others record what came of it.
 */
const creation = transactionSchema.pick({
  id: true,
  profile: true,
  registrationAuthority: true,
  level: true,
  levelIsUsual: true,
  organisation: true,
  identity: true,
  deliverTo: true,
  documents: true,
  officer: true,
  seal: true,
  case: true,
});

export const eventSchema = z.discriminatedUnion('type', [
  creation.extend({ type: z.literal('created') }),
  z.strictObject({ type: z.literal('registering'), idempotencyKey: z.string() }),
  z.strictObject({
    type: z.literal('registered'),
    registration: registrationSchema,
    service: serviceIdentitySchema.optional(),
    /** Where the service cannot give what the level of the creation needs, and nobody asked for that level. */
    level: signatureLevelSchema.optional(),
  }),
  z.strictObject({ type: z.literal('documentAdded'), document: importedDocumentSchema }),
  z.strictObject({ type: z.literal('hashAdded'), hash: importedHashSchema }),
  z.strictObject({ type: z.literal('slotRemoved'), slot: z.number().int().nonnegative() }),
  z.strictObject({ type: z.literal('placed'), options: z.array(signatureOptionsSchema) }),
  z.strictObject({
    type: z.literal('prepared'),
    prepared: z.array(preparedDocumentSchema),
    hashesClaimedAt: utcSeconds.optional(),
  }),
  z.strictObject({ type: z.literal('reviewed') }),
  // The signer agrees to some documents only; counted among all of them, whatever was refused before.
  z.strictObject({ type: z.literal('documentsRefused'), positions: z.array(z.number().int().nonnegative()) }),
  z.strictObject({ type: z.literal('redirected'), deliverTo: z.string() }),
  z.strictObject({ type: z.literal('contentsAgreed'), contents: contentsSchema }),
  z.strictObject({ type: z.literal('codeRequesting') }),
  z.strictObject({ type: z.literal('codeSent'), otp: otpSentSchema }),
  z.strictObject({ type: z.literal('signing'), idempotencyKey: z.string() }),
  z.strictObject({ type: z.literal('refused'), code: z.string(), newCodeNeeded: z.boolean() }),
  z.strictObject({ type: z.literal('signed'), certificate: issuedCertificateSchema.optional() }),
  z.strictObject({ type: z.literal('sourceAsked'), attempt: sourceAttemptSchema }),
  z.strictObject({ type: z.literal('augmented') }),
  z.strictObject({ type: z.literal('delivered'), files: z.array(z.string()) }),
  z.strictObject({ type: z.literal('failed'), step: z.string(), code: z.string() }),
  // Going on after a restart: the intent, and that it ended as steps end.
  z.strictObject({ type: z.literal('recovering') }),
  z.strictObject({ type: z.literal('recovered') }),
  z.strictObject({ type: z.literal('cancelled') }),
  z.strictObject({ type: z.literal('expired') }),
  // For the evidence alone; they change no state.
  z.strictObject({ type: z.literal('act'), act: ceremonyActSchema }),
  z.strictObject({ type: z.literal('issued'), facts: signatureFactsSchema }),
  z.strictObject({ type: z.literal('logged'), log: logEvidenceSchema }),
  z.strictObject({ type: z.literal('verified'), documents: z.array(verifiedDocumentSchema) }),
  z.strictObject({ type: z.literal('sealed'), sequence: z.number().int().positive(), hash: sha256HexSchema }),
]);

export type TransactionEvent = z.infer<typeof eventSchema>;

/** An event with the instant at which it was written. */
export const journalEntrySchema = z.strictObject({ at: z.iso.datetime(), event: eventSchema });
export type JournalEntry = z.infer<typeof journalEntrySchema>;
