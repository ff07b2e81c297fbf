import { z } from 'zod';
import { needed } from './lenient.ts';

export const MAX_DOCUMENTS_PER_REQUEST = 10;

/** Parts of an upload; what they are called matters only for `hashfile`. */
export const uploadDocumentsFormSchema = z
  .object({
    file: z.file().mime('application/pdf').optional(),
    hashfile: z.file().mime('application/json').optional(),
  })
  .catchall(z.file())
  .meta({ minProperties: 1, maxProperties: MAX_DOCUMENTS_PER_REQUEST });

/** One of several documents of an upload; `key` is the name of its part. */
export const uploadedDocumentSchema = z.object({
  key: z.string(),
  uid: z.string(),
  filename: z.string(),
  /** SHA-256, hexadecimal. */
  digest: z.string(),
});
export type UploadedDocument = z.infer<typeof uploadedDocumentSchema>;

export const documentViewSchema = z.object({
  /** `11/11/2019 18:03:07`, UTC. */
  upload_date: z.string(),
  ext: z.string(),
  size: z.number().int(),
  mime: z.string(),
  filename: z.string(),
});
export type DocumentView = z.infer<typeof documentViewSchema>;

export const documentKindSchema = z.enum(['original', 'signed']);
export type DocumentKind = z.infer<typeof documentKindSchema>;

export const uploadImageFormSchema = z.looseObject({ image: needed(z.file().mime('image/png')) });

export const imageViewSchema = z.object({
  /** `2021-06-02 02:12:16.369317`, UTC. */
  upload_date: z.string(),
  ext: z.string(),
  /** Width and height in pixels. */
  size: z.array(z.number().int()).length(2),
  mime: z.string(),
  filename: z.string(),
});
export type ImageView = z.infer<typeof imageViewSchema>;
