import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../errors.ts';
import { documentNoteSchema } from '../model/document-notes.ts';
import { MAX_DOCUMENTS } from '../model/manifest.ts';
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

const picked = z.array(pickedDocumentSchema).max(MAX_DOCUMENTS);

export const documentsIpc = defineGroup({
  name: 'documents',
  roles: ['clerk'],
  calls: {
    /** Shows the system's file dialog. Answers all documents picked so far. */
    choose: { argument: nothing, answer: picked },
    /** Paths of dropped files, read by the preload from the system; main trusts none of them. */
    addDropped: {
      argument: z.strictObject({ paths: z.array(z.string().min(1).max(4096)).min(1).max(MAX_DOCUMENTS) }),
      answer: picked,
    },
    /** Opens a protected document. The password stays in the memory of main until the document is signed. */
    unlock: {
      argument: z.strictObject({ id: documentIdSchema, password: z.string().min(1).max(255) }),
      answer: picked,
    },
    /** Looks through the contents of a document, which takes time: asked for when its first page has been seen. */
    examine: { argument: z.strictObject({ id: documentIdSchema }), answer: picked },
    remove: { argument: z.strictObject({ id: documentIdSchema }), answer: picked },
    /** The order of signing and showing; ids that are left out keep their order at the end. */
    reorder: {
      argument: z.strictObject({ ids: z.array(documentIdSchema).min(1).max(MAX_DOCUMENTS) }),
      answer: picked,
    },
    clear: { argument: nothing, answer: nothing },
  },
  events: {},
});
