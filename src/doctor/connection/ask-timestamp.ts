import { randomBytes } from 'node:crypto';
import type { ErrorCode } from '../../contract/errors.ts';
import { OssError } from '../../contract/errors.ts';
import type { Sources } from '../../optimizer/index.ts';
import {
  buildTimestampRequest,
  type Certificate,
  CertificateCache,
  PkiError,
  parseTimestampResponse,
  verifyTimestampToken,
} from '../../pki/index.ts';

/** What became of one request for a time stamp. */
export type TimestampTrial =
  | { readonly kind: 'given'; readonly chain: readonly Certificate[] }
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'noAnswer'; readonly code: ErrorCode };

/**
 * Asks for a time stamp over random bytes (RFC 3161) and verifies it up to the anchors. Nothing of a person or a
 * document is in the request.
 */
export async function askTimestamp(
  url: string,
  sources: Sources,
  anchors: readonly Certificate[],
  now: Date,
): Promise<TimestampTrial> {
  const [digest, nonce] = [randomBytes(32), randomBytes(16)];
  try {
    const request = buildTimestampRequest({ digest, nonce, certReq: true });
    const token = parseTimestampResponse(await sources.timestampAuthority(url).query(request));
    const expectation = {
      imprint: () => digest,
      nonce: BigInt(`0x${nonce.toString('hex')}`),
      anchors,
      pool: [],
      at: now,
    };
    const { chain } = verifyTimestampToken(token, expectation, new CertificateCache().read);
    return { kind: 'given', chain };
  } catch (error) {
    if (error instanceof PkiError) return { kind: 'untrusted' };
    if (!(error instanceof OssError)) throw error;
    return { kind: 'noAnswer', code: error.code };
  }
}
