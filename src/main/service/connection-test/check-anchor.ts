import { randomBytes } from 'node:crypto';
import { OssError } from '../../../contract/errors.ts';
import type { ConnectionFinding } from '../../../contract/ipc/admin/connection-test.ts';
import { sourcesFor } from '../../../optimizer/index.ts';
import {
  buildTimestampRequest,
  CertificateCache,
  certificatesFromPem,
  PkiError,
  parseTimestampResponse,
  verifyTimestampToken,
} from '../../../pki/index.ts';

/**
 * Whether the anchors are those of this service: it is asked for a time stamp (RFC 3161), and that is verified up
 * to them. Nothing of a person or a document is in the request.
 */
export async function checkAnchor(
  anchorsPem: string,
  timestampUrl: string,
  now: Date,
): Promise<ConnectionFinding> {
  if (anchorsPem === '') return { check: 'anchor', outcome: 'failed', reason: 'noAnchor', facts: {} };
  const anchors = certificatesFromPem(anchorsPem);
  const facts = { anchors: anchors.length, timestampUrl };
  const sources = sourcesFor(anchors, [timestampUrl]);
  const [digest, nonce] = [randomBytes(32), randomBytes(16)];
  try {
    const request = buildTimestampRequest({ digest, nonce, certReq: true });
    const token = parseTimestampResponse(await sources.timestampAuthority(timestampUrl).query(request));
    const expectation = {
      imprint: () => digest,
      nonce: BigInt(`0x${nonce.toString('hex')}`),
      anchors,
      pool: [],
      at: now,
    };
    verifyTimestampToken(token, expectation, new CertificateCache().read);
    return { check: 'anchor', outcome: 'passed', facts };
  } catch (error) {
    if (error instanceof PkiError)
      return { check: 'anchor', outcome: 'failed', reason: 'otherAuthority', facts };
    if (!(error instanceof OssError)) throw error;
    return { check: 'anchor', outcome: 'warning', reason: 'noAnswer', code: error.code, facts };
  } finally {
    await sources.close();
  }
}
