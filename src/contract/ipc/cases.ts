import { z } from 'zod';
import { SIGNER_STATES } from '../model/case.ts';
import { CASE_ORDERS, CASE_OUTCOMES } from '../model/evidence.ts';
import { identitySchema } from '../model/identity.ts';
import { placementSchema } from '../model/placement.ts';
import { sealIdSchema } from '../model/seal.ts';
import { caseIdSchema, transactionIdSchema } from '../model/transaction.ts';
import { documentIdSchema } from './documents.ts';
import { defineGroup, nothing } from './group.ts';
import { transactionViewSchema } from './transactions.ts';

export const caseViewSchema = z.strictObject({
  id: caseIdSchema,
  state: z.enum(['open', ...CASE_OUTCOMES]),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  order: z.enum(CASE_ORDERS),
  documents: z.array(z.string()),
  signers: z.array(
    z.strictObject({
      name: z.string(),
      maskedPhone: z.string(),
      /** The seal of an organisation, which needs nobody at the screen. */
      isSeal: z.boolean(),
      state: z.enum(SIGNER_STATES),
      /** Names of the documents that are for this signer, and of those that they refused. */
      documents: z.array(z.string()),
      refused: z.array(z.string()),
      /** The newest transaction of this signer. */
      transaction: transactionIdSchema.optional(),
    }),
  ),
  /** Positions of those who may sign now. */
  possible: z.array(z.number().int().nonnegative()),
  /** What was delivered when the case ended. */
  deliveredTo: z.array(z.string()),
});
export type CaseView = z.infer<typeof caseViewSchema>;

const signerDocumentsSchema = z
  .array(z.strictObject({ id: documentIdSchema, placement: placementSchema }))
  .min(1);

const byId = z.strictObject({ id: caseIdSchema });

export const casesIpc = defineGroup({
  name: 'cases',
  roles: ['clerk'],
  calls: {
    /** Newest first. */
    list: { argument: nothing, response: z.array(caseViewSchema) },
    /** Copies the picked documents; each signer is registered when it is their turn. */
    create: {
      argument: z.strictObject({
        documents: z.array(documentIdSchema).min(1),
        signers: z
          .array(
            z.strictObject({
              identity: identitySchema,
              documents: signerDocumentsSchema,
            }),
          )
          .min(1),
        /** Signs last. */
        seal: z.strictObject({ id: sealIdSchema, documents: signerDocumentsSchema }).optional(),
        order: z.enum(CASE_ORDERS),
      }),
      response: caseViewSchema,
    },
    /** Electronic seals that the officer of this station may use. */
    seals: {
      argument: nothing,
      response: z.array(z.strictObject({ id: sealIdSchema, organisation: z.string() })),
    },
    /** The seal signs: from the documents as those before have signed them. */
    seal: {
      argument: byId.extend({
        signer: z.number().int().nonnegative(),
        password: z.string().max(200).optional(),
      }),
      response: caseViewSchema,
    },
    /** Registers one signer, and prepares the documents as those before have signed them. */
    begin: {
      argument: byId.extend({
        signer: z.number().int().nonnegative(),
        /** Opens protected documents, where the station was started since. */
        password: z.string().max(200).optional(),
      }),
      response: transactionViewSchema,
    },
    /** Nobody signs any more: what was signed is delivered, and the evidence sealed. */
    close: { argument: byId, response: caseViewSchema },
  },
  events: { changed: caseViewSchema },
});
