import { describe, expect, it } from 'vitest';
import type { SigningResponse } from './port.ts';
import { storedResponseSchema, toStoredResponse } from './stored-response.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const base64 = (value: number): string => Buffer.of(value).toString('base64');

const response: SigningResponse = {
  certificate: bytes(1),
  chain: [bytes(2), bytes(3)],
  documents: [
    {
      form: 'parts',
      digest: 'ours',
      signedAttributes: bytes(4),
      signature: bytes(5),
      scheme: 'rsa-pkcs1-sha256',
      timestamp: bytes(6),
    },
    { form: 'parts', signedAttributes: bytes(7), signature: bytes(8), scheme: 'ecdsa-p256-sha256' },
    { form: 'cms', cms: bytes(9) },
  ],
  validationData: { crls: [bytes(10)], ocspResponses: [bytes(11)] },
};

describe('the stored response', () => {
  it('is read as it was written', () => {
    const text = JSON.stringify(toStoredResponse(response));
    expect(storedResponseSchema.parse(JSON.parse(text))).toEqual(response);
  });

  it('is read in the form of stations that knew one provider', () => {
    const former = {
      signedAt: '2026-01-31T10:20:30Z',
      signatureScheme: 'rsa-pkcs1-sha256',
      certificate: base64(1),
      chain: [base64(2), base64(3)],
      documents: [
        { digest: 'ours', signedAttributes: base64(4), signature: base64(5), timestamp: base64(6) },
      ],
      revocation: { crls: [base64(10)], ocspResponses: [base64(11)] },
    };
    expect(storedResponseSchema.parse(former)).toEqual({
      ...response,
      documents: response.documents.slice(0, 1),
    });
  });

  it.each([
    undefined,
    {},
    { version: 3 },
    { ...(toStoredResponse(response) as object), chain: ['no base64!'] },
  ])('is nothing where it cannot be read', (stored) => {
    expect(storedResponseSchema.safeParse(stored).success).toBe(false);
  });
});
