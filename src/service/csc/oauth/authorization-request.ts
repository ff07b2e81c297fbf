/** What a client asks its user to authorise (CSC API v2 §8.4; RFC 6749 §4.1.1, RFC 7636, RFC 9396). */

import { cscHashSchema } from '../../../contract/csc-api/common.ts';
import { authorizationDetailsSchema, SHA256_OID } from '../../../contract/csc-api/index.ts';
import { MAX_DOCUMENTS } from '../../../contract/model/manifest.ts';
import { CscError, invalidParameter, missingParameter } from '../csc-error.ts';
import type { Authorization } from '../grants.ts';
import type { CscClient } from '../port.ts';
import { isRegistered } from './clients.ts';

export type Parameters = Readonly<Record<string, string | undefined>>;

const CHALLENGE = /^[A-Za-z0-9_-]{43}$/u;

/** @throws CscError; before the address to return to has been judged nobody may be sent there */
export function redirectUriOf(client: CscClient, { redirect_uri }: Parameters): string {
  if (redirect_uri === undefined) throw missingParameter('redirect_uri');
  if (!isRegistered(client, redirect_uri)) throw invalidParameter('redirect_uri');
  return redirect_uri;
}

/** @throws CscError */
export function authorizationIn(client: CscClient, parameters: Parameters): Authorization {
  const redirectUri = redirectUriOf(client, parameters);
  const {
    response_type,
    scope = 'credential',
    code_challenge,
    code_challenge_method,
    state,
    lang,
  } = parameters;
  if (response_type !== 'code')
    throw new CscError('unsupported_response_type', 'response_type has to be code');
  if (scope !== 'credential' && parameters.authorization_details === undefined)
    throw new CscError(
      'invalid_scope',
      'scope has to be credential; for the service there are client_credentials',
    );
  if (code_challenge === undefined || !CHALLENGE.test(code_challenge))
    throw missingParameter('code_challenge');
  if (code_challenge_method !== 'S256') throw invalidParameter('code_challenge_method');
  return {
    client: client.id,
    officer: client.officer,
    redirectUri,
    codeChallenge: code_challenge,
    ...(state !== undefined && { state }),
    ...(lang !== undefined && { language: lang }),
    ...subjectIn(parameters),
  };
}

function subjectIn(parameters: Parameters): Pick<Authorization, 'credentialID' | 'documents' | 'details'> {
  const { authorization_details: text } = parameters;
  if (text !== undefined) return subjectInDetails(text);
  const { credentialID, hashes, hashAlgorithmOID = SHA256_OID, numSignatures } = parameters;
  if (credentialID === undefined) throw missingParameter('credentialID');
  if (hashes === undefined) throw missingParameter('hashes');
  if (hashAlgorithmOID !== SHA256_OID) throw invalidParameter('hashAlgorithmOID');
  const documents = hashes.split(',').map((hash) => ({ hash: hashIn(hash) }));
  if (numSignatures !== undefined && Number(numSignatures) !== documents.length)
    throw invalidParameter('numSignatures');
  return { credentialID, documents: checked(documents) };
}

function subjectInDetails(text: string): Pick<Authorization, 'credentialID' | 'documents' | 'details'> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalidParameter('authorization_details');
  }
  const result = authorizationDetailsSchema.safeParse(parsed);
  const [detail] = result.data ?? [];
  if (!detail) throw invalidParameter('authorization_details');
  const documents = detail.documentDigests.map(({ hash, label }) => ({
    hash: hashIn(hash),
    ...(label !== undefined && { label }),
  }));
  return { credentialID: detail.credentialID, documents: checked(documents), details: parsed };
}

function hashIn(text: string): string {
  const { data } = cscHashSchema.safeParse(text);
  if (data === undefined) throw new CscError('invalid_request', 'Invalid digest value length');
  return data;
}

function checked<T extends { readonly hash: string }>(documents: readonly T[]): readonly T[] {
  const isDistinct = new Set(documents.map(({ hash }) => hash)).size === documents.length;
  if (!isDistinct || documents.length > MAX_DOCUMENTS) throw invalidParameter('hashes');
  return documents;
}
