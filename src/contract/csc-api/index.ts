import { z } from 'zod';
import { createRequestSchema } from '../service-api/requests.ts';
import {
  credentialIdSchema,
  cscHashesSchema,
  hashAlgorithmSchema,
  sadSchema,
  signAlgorithmSchema,
  withoutNulls,
} from './common.ts';

export { SHA256_OID } from './common.ts';

const clientData = z.string().max(4096).optional();

/** POST auth/login; name and password come in the header. */
export const loginSchema = withoutNulls(
  z.object({ rememberMe: z.boolean().optional(), clientData }).prefault({}),
);
export const revokeSchema = withoutNulls(z.object({ token: z.string().min(1).max(256), clientData }));

export const infoSchema = withoutNulls(z.object({ lang: z.string().max(35).optional() }).prefault({}));

export const listSchema = withoutNulls(
  z
    .object({
      userID: z.string().optional(),
      credentialInfo: z.boolean().optional(),
      certificates: z.enum(['none', 'single', 'chain']).default('single'),
      certInfo: z.boolean().default(false),
      authInfo: z.boolean().default(false),
      onlyValid: z.boolean().optional(),
      maxResults: z.number().int().min(1).optional(),
      clientData,
    })
    .prefault({}),
);

export const credentialInfoSchema = withoutNulls(
  z.object({
    credentialID: credentialIdSchema,
    certificates: z.enum(['none', 'single', 'chain']).default('single'),
    certInfo: z.boolean().default(false),
    authInfo: z.boolean().default(false),
    lang: z.string().max(35).optional(),
    clientData,
  }),
);
export type CredentialInfoCall = z.output<typeof credentialInfoSchema>;

export const challengeSchema = withoutNulls(
  z.object({ credentialID: credentialIdSchema, authObjectID: z.string().max(64).optional(), clientData }),
);

const code = z.string().min(1).max(64);

/** Version 2. */
export const authorizeSchema = withoutNulls(
  z.object({
    credentialID: credentialIdSchema,
    numSignatures: z.number().int().min(1),
    hashes: cscHashesSchema,
    hashAlgorithmOID: hashAlgorithmSchema.optional(),
    authData: z
      .array(z.object({ id: z.string().max(64), value: code.optional() }))
      .max(8)
      .default([]),
    description: z.string().max(500).optional(),
    clientData,
  }),
);

/** Version 1. */
export const authorizeV1Schema = withoutNulls(
  z.object({
    credentialID: credentialIdSchema,
    numSignatures: z.number().int().min(1),
    hash: cscHashesSchema,
    PIN: code.optional(),
    OTP: code.optional(),
    description: z.string().max(500).optional(),
    clientData,
  }),
);

export const extendSchema = withoutNulls(
  z.object({
    credentialID: credentialIdSchema,
    SAD: sadSchema,
    hashes: cscHashesSchema.optional(),
    hash: cscHashesSchema.optional(),
    hashAlgorithmOID: hashAlgorithmSchema.optional(),
    clientData,
  }),
);

/** Both versions: the first calls them `hash` and `hashAlgo`. */
export const signHashSchema = withoutNulls(
  z.object({
    credentialID: credentialIdSchema,
    SAD: sadSchema.optional(),
    hashes: cscHashesSchema.optional(),
    hash: cscHashesSchema.optional(),
    hashAlgorithmOID: hashAlgorithmSchema.optional(),
    hashAlgo: hashAlgorithmSchema.optional(),
    signAlgo: signAlgorithmSchema,
    signAlgoParams: z.string().max(4096).optional(),
    operationMode: z.enum(['S', 'A']).optional(),
    clientData,
  }),
);

const digestsSchema = z.object({
  hashes: cscHashesSchema,
  hashAlgorithmOID: hashAlgorithmSchema.optional(),
  signature_format: z.string().max(8),
  /** The samples of the specification spell it in two ways. */
  conformance_level: z
    .string()
    .max(16)
    .transform((text) => text.toLowerCase())
    .default('ades-b-b'),
  signAlgo: signAlgorithmSchema.optional(),
  signAlgoParams: z.string().max(4096).optional(),
  signed_envelope_property: z.string().max(64).optional(),
});
export type DocumentDigests = z.output<typeof digestsSchema>;

export const signDocSchema = withoutNulls(
  z.object({
    credentialID: credentialIdSchema.optional(),
    signatureQualifier: z.string().max(64).optional(),
    SAD: sadSchema.optional(),
    documentDigests: z.preprocess(
      (value) => (Array.isArray(value) || value === undefined ? value : [value]),
      z.array(digestsSchema).min(1).max(100),
    ),
    operationMode: z.enum(['S', 'A']).optional(),
    returnValidationInfo: z.boolean().default(false),
    clientData,
  }),
);
export type SignDocCall = z.output<typeof signDocSchema>;

export const timestampSchema = withoutNulls(
  z.object({
    hash: z.base64().max(200),
    hashAlgo: z.string().max(64),
    nonce: z
      .string()
      .regex(/^[0-9A-Fa-f]{1,64}$/)
      .optional(),
    clientData,
  }),
);

/** Not of the standard: a person whom an officer has identified, as `POST /v1/requests` takes it. */
export const oneShotCredentialSchema = createRequestSchema;

/** Not of the standard: the digests that the next code will be good for. */
export const registerDigestsSchema = withoutNulls(
  z.object({
    credentialID: credentialIdSchema,
    hashes: cscHashesSchema,
    hashAlgorithmOID: hashAlgorithmSchema.optional(),
  }),
);

/** Of RFC 9396; hashes with the names by which the signer knows the documents. */
export const authorizationDetailsSchema = z
  .array(
    z.object({
      type: z.string().max(200),
      credentialID: credentialIdSchema,
      documentDigests: z
        .array(z.object({ hash: z.string().max(200), label: z.string().max(200).optional() }))
        .min(1)
        .max(100),
      hashAlgorithmOID: hashAlgorithmSchema,
    }),
  )
  .length(1);
