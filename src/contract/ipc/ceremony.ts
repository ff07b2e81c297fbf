import { z } from 'zod';
import { languageSchema } from '../model/language.ts';
import { MAX_DOCUMENTS } from '../model/manifest.ts';
import { userSpaceRectangleSchema } from '../model/page-geometry.ts';
import { latinDigits } from '../model/typed-number.ts';
import { documentIdSchema } from './documents.ts';
import { defineGroup, nothing } from './group.ts';
import { workProgressSchema } from './progress.ts';
import { signerStepSchema } from './transactions.ts';

/** One tick for the contract of the service, and one for each document. */
export const CONSENTS = Object.freeze(['certificate', 'document'] as const);
export type Consent = (typeof CONSENTS)[number];

const consentTextSchema = z.discriminatedUnion('purpose', [
  z.strictObject({ purpose: z.literal('certificate'), text: z.string() }),
  z.strictObject({ purpose: z.literal('document'), document: documentIdSchema, text: z.string() }),
]);
export type ConsentText = z.infer<typeof consentTextSchema>;

const page = z.number().int().positive();

export const ceremonyDocumentSchema = z.strictObject({
  id: documentIdSchema,
  kind: z.enum(['contract', 'document']),
  name: z.string(),
  bytes: z.number().int().positive(),
  pages: page,
  pagesShown: z.array(page),
  /** Pages that cannot be shown wholly: they do not count, and nobody can agree to their document. */
  pagesIncomplete: z.array(page),
  /** Where the signature will stand, in user space of the page. */
  signature: z.strictObject({ page, rectangle: userSpaceRectangleSchema }).optional(),
  /** The signer did not agree to it. */
  refused: z.boolean(),
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
  consents: z.array(consentTextSchema),
  maskedPhone: z.string(),
  /** The reference that the SMS shows too; known once a code was sent. */
  reference: z.string().optional(),
  code: sentCodeSchema.optional(),
  /** The service was asked for a code and did not answer: it may have been sent; another can be asked for then. */
  unconfirmedCode: z.strictObject({ resendAt: z.iso.datetime() }).optional(),
  wrongNumber: z.boolean(),
  /** The clerk was called, and has not come yet. */
  called: z.boolean(),
  sharedScreen: z.boolean(),
  sandbox: z.boolean(),
});
export type CeremonyView = z.infer<typeof ceremonyViewSchema>;

export const ceremonyIpc = defineGroup({
  name: 'ceremony',
  roles: ['signer'],
  calls: {
    view: { argument: nothing, response: ceremonyViewSchema },
    setLanguage: { argument: z.strictObject({ language: languageSchema }), response: ceremonyViewSchema },
    begin: { argument: nothing, response: ceremonyViewSchema },
    /** A page was on the screen; main counts, so that a window cannot agree to what it never showed. */
    pageShown: {
      argument: z.strictObject({ document: documentIdSchema, page }),
      response: ceremonyViewSchema,
    },
    /** A page could not be drawn: it never counts. */
    pageNotDrawn: {
      argument: z.strictObject({ document: documentIdSchema, page }),
      response: ceremonyViewSchema,
    },
    finishReading: { argument: nothing, response: ceremonyViewSchema },
    readAgain: { argument: nothing, response: ceremonyViewSchema },
    /** Agrees with exactly these ticks and has the code sent; documents that are not named are refused. */
    agree: {
      argument: z.strictObject({
        contract: z.literal(true),
        documents: z.array(documentIdSchema).min(1).max(MAX_DOCUMENTS),
      }),
      response: ceremonyViewSchema,
    },
    resendCode: { argument: nothing, response: ceremonyViewSchema },
    /** Ends the waiting for a code that is being asked for; whether it was sent is not known then. */
    stopWaiting: { argument: nothing, response: nothing },
    /** Asks the clerk to come. */
    callClerk: { argument: nothing, response: ceremonyViewSchema },
    /** On a turned screen of a sandbox, where the clerk's window cannot show it: the last simulated SMS. */
    simulatedSms: { argument: nothing, response: z.strictObject({ text: z.string() }).optional() },
    reportWrongNumber: { argument: nothing, response: ceremonyViewSchema },
    sign: {
      argument: z.strictObject({ code: z.string().regex(/^\d{4,10}$/) }),
      response: ceremonyViewSchema,
    },
    decline: { argument: nothing, response: ceremonyViewSchema },
    /** Nobody is at a display of the signer's own any more: it is cleared without anybody's word. */
    leave: { argument: nothing, response: nothing },
    /** Gives the screen back; on a turned screen the clerk's PIN is needed. */
    giveBack: {
      argument: z.strictObject({
        pin: z
          .string()
          .overwrite(latinDigits)
          .regex(/^\d{4,12}$/)
          .optional(),
      }),
      response: nothing,
    },
  },
  events: { changed: ceremonyViewSchema, progress: workProgressSchema },
});
