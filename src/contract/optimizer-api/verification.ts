import { z } from 'zod';

/** A signed document, and the password that opens it where it needs one. */
export const verifyDocumentFormSchema = z.object({
  file: z.file().mime('application/pdf'),
  password: z.string().max(1024).optional(),
});
