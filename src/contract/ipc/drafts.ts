import { z } from 'zod';
import { draftFormSchema, draftIdSchema, draftStepSchema } from '../model/draft.ts';
import { MAX_DOCUMENTS } from '../model/manifest.ts';
import { placementSchema } from '../model/placement.ts';
import { documentIdSchema, pickedDocumentSchema } from './documents.ts';
import { defineGroup, nothing } from './group.ts';

/** A draft in the list: who it is for, as far as known, and which documents. */
export const draftViewSchema = z.strictObject({
  id: draftIdSchema,
  /** Empty while no name was typed. */
  signer: z.string(),
  documents: z.array(z.string()),
  changedAt: z.iso.datetime(),
});
export type DraftView = z.infer<typeof draftViewSchema>;

const placed = z.array(z.strictObject({ document: documentIdSchema, placement: placementSchema }));
const drafts = z.array(draftViewSchema);
const byId = z.strictObject({ id: draftIdSchema });

/** What the clerk prepares, side by side and from one start to the next, until it is registered. */
export const draftsIpc = defineGroup({
  name: 'drafts',
  roles: ['clerk'],
  calls: {
    list: { argument: nothing, response: drafts },
    /** Keeps what is picked now with what was typed; what is empty is not kept. */
    keep: {
      argument: z.strictObject({
        id: draftIdSchema,
        step: draftStepSchema,
        form: draftFormSchema.optional(),
        placements: placed.max(MAX_DOCUMENTS),
      }),
      response: drafts,
    },
    /** Picks the documents of the draft in the place of those that are picked now. */
    open: {
      argument: byId,
      response: z.strictObject({
        step: draftStepSchema,
        form: draftFormSchema.optional(),
        documents: z.array(pickedDocumentSchema),
        placements: placed,
      }),
    },
    remove: { argument: byId, response: drafts },
  },
  events: {},
});
