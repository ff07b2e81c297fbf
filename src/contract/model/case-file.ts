import { z } from 'zod';
import { authorisationSchema } from './authorisation.ts';
import { caseOrderSchema, MAX_SIGNERS } from './case.ts';
import { identitySchema } from './identity.ts';
import { sealIdSchema } from './seal.ts';
import { signatureLevelSchema } from './signature-level.ts';
import { type Certification, signatureOptionsSchema } from './transaction.ts';

/** What may follow the certification of the first signer, in words. */
export const certificationWordSchema = z.enum(['forms', 'comments']);
const PERMISSIONS: Readonly<Record<z.infer<typeof certificationWordSchema>, Certification>> = Object.freeze({
  forms: 2,
  comments: 3,
});
export const certificationOf = (word: z.infer<typeof certificationWordSchema>): Certification =>
  PERMISSIONS[word];

const signerDocumentSchema = signatureOptionsSchema
  .pick({ visible: true, fieldName: true, reason: true, location: true })
  // As it stands among the documents.
  .extend({ name: z.string().min(1) });

/** One of several signers, in a file. */
const fileSignerSchema = z.strictObject({
  identity: identitySchema,
  profile: z.string().optional(),
  /** What this one signs; without it everything, invisibly. */
  documents: z.array(signerDocumentSchema).min(1).optional(),
  /** Where no code is asked for: by position of the signer, as with a single one. */
  authorisation: authorisationSchema.optional(),
});

/** A person, or the seal of an organisation; `true`: the only one that the officer may use. */
const caseSignerSchema = fileSignerSchema
  .partial({ identity: true })
  .extend({ seal: z.union([sealIdSchema, z.literal(true)]).optional() })
  .refine(
    ({ identity, seal }) => (identity === undefined) !== (seal === undefined),
    'give an identity, or a seal',
  );
export type CaseFileSigner = z.infer<typeof caseSignerSchema>;

/** A case as a file for `oneshot case sign`; names of documents are paths from where the file lies. */
export const caseFileSchema = z.strictObject({
  documents: z.array(z.string().min(1)).min(1).max(100),
  signers: z.array(caseSignerSchema).min(1).max(MAX_SIGNERS),
  order: caseOrderSchema.optional(),
  certification: certificationWordSchema.optional(),
  profile: z.string().optional(),
  registrationAuthority: z.string().optional(),
  level: signatureLevelSchema.optional(),
  organisation: z.string().optional(),
});
export type CaseFile = z.infer<typeof caseFileSchema>;
