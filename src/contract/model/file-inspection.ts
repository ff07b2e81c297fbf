import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '../errors.ts';
import { documentNoteSchema } from './document-notes.ts';
import { formFingerprintSchema, lastPageSchema, offeredFieldSchema } from './placement.ts';

const signableFacts = {
  file: z.string(),
  bytes: z.number().int().positive(),
  pages: z.number().int().positive(),
  earlierSignatures: z.number().int().nonnegative(),
  notes: z.array(documentNoteSchema),
  /** Certified: a further signature may be invisible, or stand in a field that the author provided. */
  certified: z.boolean(),
  fields: z.array(offeredFieldSchema),
  form: formFingerprintSchema,
  lastPage: lastPageSchema,
};

/** The verdict on one file before it becomes part of a transaction. */
export const fileInspectionSchema = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.enum(['sign', 'signWithNote']), ...signableFacts }),
  z.strictObject({
    verdict: z.literal('refuse'),
    file: z.string(),
    code: z.custom<ErrorCode>(isErrorCode),
    /** Why, beyond the message of the code. */
    reason: z.string().optional(),
  }),
]);
export type FileInspection = z.infer<typeof fileInspectionSchema>;
export type SignableInspection = Exclude<FileInspection, { verdict: 'refuse' }>;
