import { z } from 'zod';
import { fromBase64, toBase64 } from '../../contract/model/encoding.ts';
import { SIGNATURE_SCHEMES } from '../../contract/model/key-algorithm.ts';
import type { DocumentSignature, SigningResponse } from './port.ts';

const bytes = z.base64().transform(fromBase64);
const scheme = z.enum(SIGNATURE_SCHEMES);

/** As stations wrote it that knew one provider: the body of its HTTP response. */
const firstForm = z
  .object({
    signatureScheme: scheme,
    certificate: bytes,
    chain: z.array(bytes),
    documents: z.array(
      z.object({ digest: z.string(), signedAttributes: bytes, signature: bytes, timestamp: bytes }),
    ),
    revocation: z.object({ crls: z.array(bytes), ocspResponses: z.array(bytes) }),
  })
  .transform(
    ({ signatureScheme, documents, revocation, ...rest }): SigningResponse => ({
      ...rest,
      documents: documents.map((document) => ({ form: 'parts', scheme: signatureScheme, ...document })),
      validationData: revocation,
    }),
  );

const secondForm = z
  .object({
    version: z.literal(2),
    sha256: z.string().exactOptional(),
    certificate: bytes,
    chain: z.array(bytes),
    documents: z.array(
      z.discriminatedUnion('form', [
        z.object({
          form: z.literal('parts'),
          digest: z.string().exactOptional(),
          signedAttributes: bytes,
          signature: bytes,
          scheme,
          timestamp: bytes.exactOptional(),
        }),
        z.object({ form: z.literal('cms'), digest: z.string().exactOptional(), cms: bytes }),
      ]),
    ),
    validationData: z.object({ crls: z.array(bytes), ocspResponses: z.array(bytes) }),
  })
  .transform(({ version: _, ...response }): SigningResponse => response);

/** What the vault keeps of a response, in the form of today and in those of former versions. */
export const storedResponseSchema = z.union([secondForm, firstForm]);

/** The JSON value that `storedResponseSchema` reads. */
export const toStoredResponse = (response: SigningResponse): unknown => ({
  version: 2,
  ...(response.sha256 === undefined ? {} : { sha256: response.sha256 }),
  certificate: toBase64(response.certificate),
  chain: response.chain.map(toBase64),
  documents: response.documents.map(storedDocument),
  validationData: {
    crls: response.validationData.crls.map(toBase64),
    ocspResponses: response.validationData.ocspResponses.map(toBase64),
  },
});

const storedDocument = (document: DocumentSignature): unknown =>
  document.form === 'cms'
    ? { ...document, cms: toBase64(document.cms) }
    : {
        ...document,
        signedAttributes: toBase64(document.signedAttributes),
        signature: toBase64(document.signature),
        timestamp: document.timestamp && toBase64(document.timestamp),
      };
