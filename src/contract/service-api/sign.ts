import { z } from 'zod';
import { authorisationSchema } from '../model/authorisation.ts';
import { base64Bytes, sha256Base64, utcSeconds } from '../model/encoding.ts';
import { SIGNATURE_SCHEMES } from '../model/key-algorithm.ts';
import { contentsSchema, MAX_DOCUMENTS, manifestSchema } from '../model/manifest.ts';

/** POST /v1/requests/{id}/sign with the header Idempotency-Key. */
export const signSchema = z.strictObject({
  authorisation: authorisationSchema,
  manifest: manifestSchema,
  /** For a code that was bound to contents: entry by entry, the original of what the manifest lists. */
  contents: contentsSchema.optional(),
});
export type SignCall = z.infer<typeof signSchema>;

const MAX_DER = 64 * 1024;

export const signedDocumentSchema = z.object({
  digest: sha256Base64,
  /** DER SET OF Attribute (RFC 5652 §5.4), built by the service from the digest: never a blind hash. */
  signedAttributes: base64Bytes(MAX_DER),
  /** Signature value over the DER of signedAttributes; ECDSA as a DER SEQUENCE. */
  signature: base64Bytes(MAX_DER),
  /** RFC 3161 TimeStampToken over the signature value. */
  timestamp: base64Bytes(MAX_DER),
});

export const signResponseSchema = z.object({
  signedAt: utcSeconds,
  signatureScheme: z.enum(SIGNATURE_SCHEMES),
  certificate: base64Bytes(MAX_DER),
  /** Issuing authority first, root last. */
  chain: z.array(base64Bytes(MAX_DER)).min(1).max(8),
  documents: z.array(signedDocumentSchema).min(1).max(MAX_DOCUMENTS),
  /** Revocation data for the authorities and the time-stamp authority (LT); the signer's needs none. */
  revocation: z.object({
    crls: z.array(base64Bytes(MAX_DER * 16)),
    ocspResponses: z.array(base64Bytes(MAX_DER)),
  }),
});
export type SignResponse = z.infer<typeof signResponseSchema>;
export type SignedDocument = z.infer<typeof signedDocumentSchema>;
