/**
 * The messages of the CSC API, v1.0.4 and v2, as far as they are read here: null is absent, names of providers vary.
 */
import { z } from 'zod';
import { fromBase64 } from '../../../contract/model/encoding.ts';

export const SHA256_OID = '2.16.840.1.101.3.4.2.1';

/** CSC API v2 §8: JSON null means that a member is absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
}

const message = <S extends z.ZodRawShape>(shape: S) => z.preprocess(withoutNulls, z.looseObject(shape));

/** Padded base64 (CSC API v2 §8); line breaks and the URL alphabet are seen in the field. */
const bytes = z
  .string()
  .transform((text) => text.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
  .pipe(z.string().regex(/^[A-Za-z0-9+/]+$/, 'not base64'))
  .transform((text) => fromBase64(text));
const texts = z.array(z.string());
const count = z.union([z.number(), z.string(), z.boolean()]).transform((value) => {
  if (typeof value === 'boolean') return value ? Number.MAX_SAFE_INTEGER : 1;
  return Math.max(1, Math.trunc(Number(value)) || 1);
});

export const infoSchema = message({
  specs: z.string().default(''),
  name: z.string().default(''),
  description: z.string().exactOptional(),
  authType: texts.default([]),
  methods: texts.default([]),
  oauth2: z.string().exactOptional(),
  oauth2Issuer: z.string().exactOptional(),
});
export type CscInfo = z.infer<typeof infoSchema>;

export const tokenSchema = message({
  access_token: z.string().min(1),
  refresh_token: z.string().exactOptional(),
  expires_in: z.coerce.number().positive().default(3600),
  authorization_details: z.unknown().optional(),
  credentialID: z.string().min(1).exactOptional(),
});

export const listSchema = message({ credentialIDs: texts.default([]) });

const presence = z
  .union([z.boolean(), z.string()])
  .default('false')
  .transform((value) => String(value).toLowerCase() !== 'false');

export const credentialSchema = message({
  description: z.string().exactOptional(),
  key: z.looseObject({ status: z.string().default('enabled'), algo: texts.default([]) }).default({
    status: 'enabled',
    algo: [],
  }),
  cert: z
    .looseObject({ status: z.string().exactOptional(), certificates: z.array(bytes).default([]) })
    .default({
      certificates: [],
    }),
  multisign: count.default(1),
  SCAL: z.coerce.string().default('1'),
  authMode: z.string().exactOptional(),
  PIN: z.looseObject({ presence }).exactOptional(),
  OTP: z.looseObject({ presence, type: z.string().default('online') }).exactOptional(),
  auth: z
    .looseObject({
      mode: z.string().exactOptional(),
      objects: z
        .array(z.looseObject({ type: z.string(), id: z.string(), label: z.string().exactOptional() }))
        .default([]),
    })
    .exactOptional(),
});

export const authorisedSchema = message({
  SAD: z.string().min(1).exactOptional(),
  expiresIn: z.coerce.number().positive().default(3600),
  handle: z.string().min(1).exactOptional(),
});

export const signaturesSchema = message({
  signatures: z.array(bytes).exactOptional(),
  responseID: z.string().min(1).exactOptional(),
});

const list = z.array(bytes).exactOptional();
export const signedDocumentsSchema = message({
  SignatureObject: list,
  signatureObject: list,
  DocumentWithSignature: list,
  documentWithSignature: list,
  responseID: z.string().min(1).exactOptional(),
  validationInfo: z.looseObject({ ocsp: list, crl: list, certificates: list }).exactOptional(),
});
export type SignedDocuments = z.infer<typeof signedDocumentsSchema>;

export const timestampSchema = message({ timestamp: bytes });

export const emptySchema = z.unknown();
