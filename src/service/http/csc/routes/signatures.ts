import { z } from 'zod';
import { signDocSchema, signHashSchema, timestampSchema } from '../../../../contract/csc-api/index.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import type { CscVersion } from '../../../csc/credentials.ts';
import { invalidParameter, missingParameter } from '../../../csc/csc-error.ts';
import { cscRoute, signingRoute } from '../csc-route.ts';

const tag = 'signatures';

/** Of both versions. */
export const signatureRoutes = (version: CscVersion) => [
  cscRoute({
    method: 'POST',
    path: `/csc/${version}/signatures/signHash`,
    summary: 'Signatures of a seal over hashes that were authorised',
    tag,
    takes: { body: signHashSchema },
    async handle({ signatures }, { caller, body }) {
      const hashes = body.hashes ?? body.hash;
      if (!hashes) throw missingParameter(version === 'v1' ? 'hash' : 'hashes');
      if (body.operationMode === 'A') throw invalidParameter('operationMode');
      if (body.signAlgoParams !== undefined) throw invalidParameter('signAlgoParams');
      const { credentialID, SAD, signAlgo } = body;
      return { value: await signatures.signHash(caller, { credentialID, SAD, hashes, signAlgo }) };
    },
  }),
  cscRoute({
    method: 'POST',
    path: `/csc/${version}/signatures/timestamp`,
    summary: 'A time-stamp token over a hash',
    tag,
    takes: { body: timestampSchema },
    handle: async ({ signatures }, { body }) => ({
      value: await signatures.timestamp(body.hash, body.hashAlgo, body.nonce),
    }),
  }),
];

const signDoc = signingRoute({
  method: 'POST',
  path: '/csc/v2/signatures/signDoc',
  summary: 'Signs the digests that the code was sent for, with a certificate made for them',
  tag,
  takes: { body: signDocSchema },
  handle: async ({ signatures }, { caller, body }) => ({ value: await signatures.signDoc(caller, body) }),
});

const evidence = cscRoute({
  method: 'GET',
  path: '/csc/v2/one-shot/:credentialID/signatures',
  summary: 'Not of the standard: what signDoc answered; where nothing was signed, nothing will be',
  tag: 'one-shot',
  takes: { params: z.object({ credentialID: requestIdSchema }) },
  handle: async ({ signatures }, { caller, params }) => ({
    value: await signatures.evidence(caller, params.credentialID),
  }),
});

export const DOCUMENT_ROUTES = [signDoc, evidence];
