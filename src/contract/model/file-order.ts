import { z } from 'zod';
import { visibleSignatureSchema } from './appearance.ts';
import { authorisationSchema } from './authorisation.ts';
import { plainFileName } from './file-name.ts';
import { identitySchema } from './identity.ts';
import { sealIdSchema } from './seal.ts';
import { signatureLevelSchema } from './signature-level.ts';

/**
 * An order as a file, for applications that only know files: `<name>.json` beside the documents. Without an
 * authorisation a code is sent to the signer, and `<name>.code` is waited for.
 */
export const fileOrderSchema = z.strictObject({
  identity: identitySchema,
  /** Default: `<name>.pdf`. */
  documents: z.array(plainFileName).min(1).max(100).optional(),
  authorisation: authorisationSchema.optional(),
  profile: z.string().optional(),
  registrationAuthority: z.string().optional(),
  level: signatureLevelSchema.optional(),
  organisation: z.string().optional(),
  /** The same on every document; without it the signatures are invisible. */
  visible: visibleSignatureSchema.optional(),
  /** The seal of an organisation over the signature; `true`: the only one that the officer may use. */
  seal: z.union([sealIdSchema, z.literal(true)]).optional(),
  /** Where the seal is seen; without it nowhere. */
  sealVisible: visibleSignatureSchema.optional(),
});
export type FileOrder = z.infer<typeof fileOrderSchema>;
