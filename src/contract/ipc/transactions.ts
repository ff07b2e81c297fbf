import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../errors.ts';
import { deliverySchema } from '../model/delivery.ts';
import { draftIdSchema } from '../model/draft.ts';
import { identitySchema } from '../model/identity.ts';
import { MAX_DOCUMENTS } from '../model/manifest.ts';
import { placementSchema } from '../model/placement.ts';
import { transactionIdSchema, transactionStateSchema } from '../model/transaction.ts';
import { latinDigits } from '../model/typed-number.ts';
import { documentIdSchema, pickedDocumentSchema } from './documents.ts';
import { defineGroup, nothing } from './group.ts';
import { workProgressSchema } from './progress.ts';

/** Where the signer is, while they have the screen. The digits of a code are never part of it. */
export const SIGNER_STEPS = Object.freeze([
  'welcome',
  'reading',
  'agreement',
  'code',
  'signing',
  'done',
  'declined',
] as const);
export const signerStepSchema = z.enum(SIGNER_STEPS);
export type SignerStep = z.infer<typeof signerStepSchema>;

export const followSchema = z.strictObject({
  step: signerStepSchema,
  pagesShown: z.number().int().nonnegative(),
  pages: z.number().int().positive(),
  triesLeft: z.number().int().nonnegative().optional(),
  wrongNumber: z.boolean(),
  /** The signer asks for the clerk. */
  called: z.boolean(),
  /** The service was asked for a code and did not answer: perhaps it was sent, perhaps not. */
  codeUnconfirmed: z.boolean(),
  /** Single display: the clerk's window is behind the signer's until the PIN is typed. */
  sharedScreen: z.boolean(),
});
export type Follow = z.infer<typeof followSchema>;

/** Why a signer's window went away although nobody gave it back. */
export const INTERRUPTIONS = Object.freeze(['display', 'lock', 'idle', 'crash'] as const);
export const interruptionSchema = z.strictObject({ id: transactionIdSchema, reason: z.enum(INTERRUPTIONS) });
export type Interruption = z.infer<typeof interruptionSchema>;

export const transactionViewSchema = z.strictObject({
  id: transactionIdSchema,
  state: transactionStateSchema,
  signer: z.string(),
  maskedPhone: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  documents: z.array(z.strictObject({ name: z.string(), pages: z.number().int().positive() })),
  /** Names of documents that the signer refused while signing the others. */
  refused: z.array(z.string()),
  /** The reference on the screen and in the SMS. */
  reference: z.string().optional(),
  deliveredTo: z.array(z.string()),
  /** The service sends no validation data: its signatures get a level whose validation asks the network. */
  needsNetwork: z.boolean(),
  /** Cancelled by the signer, who declined. */
  declined: z.boolean().optional(),
  failure: z.strictObject({ code: z.custom<ErrorCode>(isErrorCode) }).optional(),
  /** Present where an application began it through the API; then who is to complete it. */
  application: z
    .strictObject({
      /** `documents`: it still has to send them. */
      next: z.enum(['documents', 'desk', 'application']),
    })
    .optional(),
  /** Present while the signer has the screen. */
  follow: followSchema.optional(),
});
export type TransactionView = z.infer<typeof transactionViewSchema>;

/** A document that the clerk's window may load: to be signed, or signed. */
export const shownDocumentSchema = z.strictObject({
  id: documentIdSchema,
  name: z.string(),
  bytes: z.number().int().positive(),
});
export type ShownDocument = z.infer<typeof shownDocumentSchema>;

const byId = z.strictObject({ id: transactionIdSchema });

export const transactionsIpc = defineGroup({
  name: 'transactions',
  roles: ['clerk'],
  calls: {
    list: { argument: nothing, response: z.array(transactionViewSchema) },
    /** Copies the picked documents into the vault, registers the signer, prepares the signatures. */
    create: {
      argument: z.strictObject({
        documents: z
          .array(z.strictObject({ id: documentIdSchema, placement: placementSchema }))
          .min(1)
          .max(MAX_DOCUMENTS),
        identity: identitySchema,
        /** Whose pictures of the identification go to the registration authority. */
        draft: draftIdSchema,
      }),
      response: transactionViewSchema,
    },
    /** Ends the waiting for a `create` that gets no response; what it had begun is cancelled. */
    stop: { argument: nothing, response: nothing },
    /** The signer who asked for the clerk has been seen to. */
    takeCall: { argument: byId, response: nothing },
    /** Empty once a cancelled transaction has been cleared. */
    documents: { argument: byId, response: z.array(shownDocumentSchema) },
    cancel: { argument: byId, response: transactionViewSchema },
    /** Cancels what is not final, and answers what a new transaction for the same person starts from. */
    startAgain: {
      argument: byId,
      response: z.strictObject({ identity: identitySchema, documents: z.array(pickedDocumentSchema) }),
    },
    /** Writes the signed files again after the folder refused them. */
    deliver: { argument: byId, response: transactionViewSchema },
    /** Opens the signer's window. On a single display a PIN must be set before (`pin`, once per start). */
    handOver: {
      argument: byId.extend({
        pin: z
          .string()
          .overwrite(latinDigits)
          .regex(/^\d{4,12}$/)
          .optional(),
      }),
      response: transactionViewSchema,
    },
    /** Closes the signer's window; nothing is lost, the hand-over can be repeated. */
    takeBack: { argument: byId, response: transactionViewSchema },
    /** The simulated SMS, in sandbox mode only. */
    simulatedSms: { argument: byId, response: z.array(z.strictObject({ to: z.string(), text: z.string() })) },
    /** What is known of the newest code to the signer: on its way, on the phone, lost. */
    codeDelivery: { argument: byId, response: deliverySchema },
    openResult: { argument: byId.extend({ index: z.number().int().nonnegative() }), response: nothing },
    showResults: { argument: byId, response: nothing },
  },
  events: {
    changed: transactionViewSchema,
    progress: workProgressSchema,
    interrupted: interruptionSchema,
  },
});
