import { z } from 'zod';

export const MAX_DOCUMENTS_PER_REQUEST = 10;

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

export const imageViewSchema = z.object({
  /** `2021-06-02 02:12:16.369317`, UTC. */
  upload_date: z.string(),
  ext: z.string(),
  /** Width and height in pixels. */
  size: z.tuple([z.number().int(), z.number().int()]),
  mime: z.string(),
  filename: z.string(),
});
export type ImageView = z.infer<typeof imageViewSchema>;
