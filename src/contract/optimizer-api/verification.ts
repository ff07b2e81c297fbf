import { z } from 'zod';

/** What has a `.pdf` name is judged as PDF. */
const SIGNED_TYPES = [
  'application/pdf',
  'application/pkcs7-mime',
  'application/pkcs7-signature',
  'application/vnd.etsi.asic-e+zip',
  'application/vnd.etsi.asic-s+zip',
];

/** A signed file; the document that it signs where it is a detached signature; the password that opens a PDF. */
export const verifyDocumentFormSchema = z.object({
  file: z.file().mime(SIGNED_TYPES),
  document: z.file().optional(),
  password: z.string().max(1024).optional(),
});
