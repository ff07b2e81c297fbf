import { isDeepStrictEqual } from 'node:util';
import { OssError } from '../../../contract/errors.ts';
import type { CscProvider } from '../../../contract/model/provider.ts';
import { safelyParsed } from '../http-client.ts';
import type { Activation } from './authorise.ts';
import { type OAuthClient, tokenByBrowser } from './oauth.ts';
import { SHA256_OID } from './wire.ts';

/**
 * The signer agrees on a page of the provider (CSC API v2 §8.4.3). What was granted must be what was asked for.
 * @param hashes base64, in the order in which they will be signed
 * @throws OssError OSS_FORBIDDEN, OSS_SERVICE_*
 */
export async function activateByBrowser(
  client: OAuthClient | undefined,
  { version, signatureQualifier = '' }: CscProvider,
  credentialID: string,
  hashes: readonly string[],
): Promise<Activation> {
  if (client === undefined)
    throw new OssError('OSS_CONFIG_INVALID', {
      reason: 'the provider asks the signer in its own page, over OAuth',
    });
  const inAddress = hashes
    .map((hash) => hash.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))
    .join(',');
  const key = credentialID === '' ? { signatureQualifier } : { credentialID };
  const common = { scope: 'credential', ...key, numSignatures: String(hashes.length) };
  if (version === '1') {
    const { access_token: sad } = await tokenByBrowser(client, { ...common, hash: inAddress });
    return { sad };
  }
  const details = [
    {
      type: 'credential',
      ...key,
      documentDigests: hashes.map((hash) => ({ hash })),
      hashAlgorithmOID: SHA256_OID,
    },
  ];
  const {
    access_token: bearer,
    authorization_details: granted,
    credentialID: made,
  } = await tokenByBrowser(client, {
    ...common,
    hashes: inAddress,
    hashAlgorithmOID: SHA256_OID,
    authorization_details: JSON.stringify(details),
  });
  if (granted !== undefined && !grants(granted, hashes))
    throw new OssError('OSS_SERVICE_WRONG_DIGEST', {
      reason: 'the provider granted something else than was asked',
    });
  return { bearer, ...(credentialID === '' && made !== undefined && { credentialID: made }) };
}

/** The digests of all entries that the answer repeats, whatever else a provider adds to it. */
function grants(granted: unknown, hashes: readonly string[]): boolean {
  const value: unknown = typeof granted === 'string' ? safelyParsed(Buffer.from(granted)) : granted;
  if (!Array.isArray(value)) return false;
  const digests = value.flatMap((one: { documentDigests?: unknown }) =>
    Array.isArray(one?.documentDigests) ? one.documentDigests : [],
  );
  if (digests.length === 0) return true;
  const named = digests.map((one: { hash?: unknown }) => String(one?.hash)).sort();
  return isDeepStrictEqual(named, [...hashes].sort());
}
