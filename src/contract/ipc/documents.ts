import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../errors.ts';
import { documentNoteSchema } from '../model/document-notes.ts';
import { MAX_DOCUMENTS } from '../model/manifest.ts';
import { sentPictureSchema } from '../model/page-picture.ts';
import { formFingerprintSchema, lastPageSchema, offeredFieldSchema } from '../model/placement.ts';
import { defineGroup, nothing } from './group.ts';

/** Opaque name of a document within one window; it means nothing in another window. */
export const documentIdSchema = z.string().regex(/^doc_[0-9a-f]{32}$/, 'Not the id of a document.');

export const documentProblemSchema = z.strictObject({
  code: z.custom<ErrorCode>(isErrorCode),
  reason: z.string().optional(),
  /** A password was tried, and did not open the document. */
  wrongPassword: z.boolean().optional(),
});

/** A file that the clerk picked, with what is wrong with it, if anything. */
export const pickedDocumentSchema = z.strictObject({
  id: documentIdSchema,
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  pages: z.number().int().positive().optional(),
  earlierSignatures: z.number().int().nonnegative(),
  /** Certified: a further signature may be invisible, or stand in a field that the author provided. */
  certified: z.boolean(),
  fields: z.array(offeredFieldSchema),
  /** Absent where there is a problem. */
  form: formFingerprintSchema.optional(),
  lastPage: lastPageSchema.optional(),
  notes: z.array(documentNoteSchema),
  /** Its contents were looked through; until then its notes are not known. */
  examined: z.boolean(),
  problem: documentProblemSchema.optional(),
  /** Files that were picked too, and left out because they are the same document. */
  sameAs: z.array(z.string()),
});
export type PickedDocument = z.infer<typeof pickedDocumentSchema>;

/** Pages that are looked at in one call. */
export const MOST_LOOKS = 16;

const secondLookSchema = z.strictObject({
  page: z.number().int().positive(),
  screen: sentPictureSchema.optional(),
  paper: sentPictureSchema.optional(),
});
export type SecondLook = z.infer<typeof secondLookSchema>;

const picked = z.array(pickedDocumentSchema).max(MAX_DOCUMENTS);

export const documentsIpc = defineGroup({
  name: 'documents',
  roles: ['clerk'],
  calls: {
    /** Shows the system's file dialog. Answers all documents picked so far. */
    choose: { argument: nothing, response: picked },
    /** Paths of dropped files, read by the preload from the system; main trusts none of them. */
    addDropped: {
      argument: z.strictObject({ paths: z.array(z.string().min(1).max(4096)).min(1).max(MAX_DOCUMENTS) }),
      response: picked,
    },
    /** Opens a protected document. The password stays in the memory of main until the document is signed. */
    unlock: {
      argument: z.strictObject({ id: documentIdSchema, password: z.string().min(1).max(255) }),
      response: picked,
    },
    /** Looks through the contents of a document, which takes time: asked for when its first page has been seen. */
    examine: { argument: z.strictObject({ id: documentIdSchema }), response: picked },
    /** Pages in little as a second program draws them; on paper too, where that is other. Empty where it cannot. */
    secondLook: {
      argument: z.strictObject({
        id: documentIdSchema,
        from: z.number().int().positive(),
        to: z.number().int().positive(),
      }),
      response: z.array(secondLookSchema).max(MOST_LOOKS),
    },
    remove: { argument: z.strictObject({ id: documentIdSchema }), response: picked },
    /** The order of signing and showing; ids that are left out keep their order at the end. */
    reorder: {
      argument: z.strictObject({ ids: z.array(documentIdSchema).min(1).max(MAX_DOCUMENTS) }),
      response: picked,
    },
    clear: { argument: nothing, response: nothing },
  },
  events: {},
});
