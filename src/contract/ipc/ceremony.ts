import { z } from 'zod';
import { languageSchema } from '../model/language.ts';
import { documentIdSchema } from './documents.ts';
import { defineGroup, nothing } from './group.ts';
import { workProgressSchema } from './progress.ts';
import { signerStepSchema } from './transactions.ts';

/** One tick per purpose. */
export const CONSENTS = Object.freeze(['certificate', 'documents'] as const);
export const consentSchema = z.enum(CONSENTS);
export type Consent = z.infer<typeof consentSchema>;

export const ceremonyDocumentSchema = z.strictObject({
  id: documentIdSchema,
  kind: z.enum(['contract', 'document']),
  name: z.string(),
  bytes: z.number().int().positive(),
  pages: z.number().int().positive(),
  pagesShown: z.array(z.number().int().positive()),
});
export type CeremonyDocument = z.infer<typeof ceremonyDocumentSchema>;

export const sentCodeSchema = z.strictObject({
  digits: z.number().int().positive(),
  expiresAt: z.iso.datetime(),
  resendAt: z.iso.datetime(),
  triesLeft: z.number().int().nonnegative(),
  codesLeft: z.number().int().nonnegative(),
});

/** All that the signer's window knows: its own transaction and nothing else. */
export const ceremonyViewSchema = z.strictObject({
  step: signerStepSchema,
  signer: z.string(),
  organisation: z.string(),
  language: languageSchema,
  documents: z.array(ceremonyDocumentSchema).min(1),
  /** What the signer agrees to, word for word as the evidence will say it. */
  consents: z.array(z.strictObject({ purpose: consentSchema, text: z.string() })),
  maskedPhone: z.string(),
  /** The reference that the SMS shows too; known once a code was sent. */
  reference: z.string().optional(),
  code: sentCodeSchema.optional(),
  /** The service was asked for a code and did not answer: it may have been sent; another can be asked for then. */
  unconfirmedCode: z.strictObject({ resendAt: z.iso.datetime() }).optional(),
  wrongNumber: z.boolean(),
  /** The clerk was called, and has not come yet. */
  called: z.boolean(),
  turnedScreen: z.boolean(),
  sandbox: z.boolean(),
});
export type CeremonyView = z.infer<typeof ceremonyViewSchema>;

export const ceremonyIpc = defineGroup({
  name: 'ceremony',
  roles: ['signer'],
  calls: {
    view: { argument: nothing, answer: ceremonyViewSchema },
    setLanguage: { argument: z.strictObject({ language: languageSchema }), answer: ceremonyViewSchema },
    begin: { argument: nothing, answer: ceremonyViewSchema },
    /** A page was on the screen; main counts, so that a window cannot agree to what it never showed. */
    pageShown: {
      argument: z.strictObject({ document: documentIdSchema, page: z.number().int().positive() }),
      answer: ceremonyViewSchema,
    },
    finishReading: { argument: nothing, answer: ceremonyViewSchema },
    readAgain: { argument: nothing, answer: ceremonyViewSchema },
    /** Agrees with exactly these ticks and has the code sent. */
    agree: {
      argument: z.strictObject({ consents: z.array(consentSchema).max(8) }),
      answer: ceremonyViewSchema,
    },
    resendCode: { argument: nothing, answer: ceremonyViewSchema },
    /** Ends the waiting for a code that is being asked for; whether it was sent is not known then. */
    stopWaiting: { argument: nothing, answer: nothing },
    /** Asks the clerk to come. */
    callClerk: { argument: nothing, answer: ceremonyViewSchema },
    /** On a turned screen of a sandbox, where the clerk's window cannot show it: the last simulated SMS. */
    simulatedSms: { argument: nothing, answer: z.strictObject({ text: z.string() }).optional() },
    reportWrongNumber: { argument: nothing, answer: ceremonyViewSchema },
    sign: {
      argument: z.strictObject({ code: z.string().regex(/^\d{4,10}$/) }),
      answer: ceremonyViewSchema,
    },
    decline: { argument: nothing, answer: ceremonyViewSchema },
    /** Nobody is at a display of the signer's own any more: it is cleared without anybody's word. */
    leave: { argument: nothing, answer: nothing },
    /** Gives the screen back; on a turned screen the clerk's PIN is needed. */
    giveBack: {
      argument: z.strictObject({
        pin: z
          .string()
          .regex(/^\d{4,12}$/)
          .optional(),
      }),
      answer: nothing,
    },
  },
  events: { changed: ceremonyViewSchema, progress: workProgressSchema },
});
