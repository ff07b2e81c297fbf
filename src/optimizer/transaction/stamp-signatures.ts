import { OssError } from '../../contract/errors.ts';
import { digest, PkiError, parseSignedData, type SignatureScheme, type SignedData } from '../../pki/index.ts';
import type { DocumentSignature, SignatureParts, SigningResponse } from '../signing-service/port.ts';
import { obtainTimestamp } from '../sources/obtain-timestamp.ts';
import { authoritiesOf } from './augment.ts';
import { describedService, type StepContext, serviceTime } from './context.ts';
import { manifestOf } from './manifest-of.ts';

/**
 * Gives every signature that came without one a time stamp of the station's own authorities: some providers sign and
 * do not stamp. What cannot be read stays as it is; the check of the response says what is wrong with it.
 * @returns the same response where nothing was missing
 * @throws OssError OSS_TIMESTAMP_FAILED when no authority is left; the signatures are kept
 */
export async function stampedResponse(
  context: StepContext,
  response: SigningResponse,
): Promise<SigningResponse> {
  const parts = response.documents.map(unstampedParts);
  if (parts.every((part) => part === undefined)) return response;
  const { profiles } = await describedService(context);
  const { profile } = context.journal.transaction;
  const room = profiles.find(({ id }) => id === profile)?.timestampBytes ?? 0;
  const documents: DocumentSignature[] = [];
  for (const [index, document] of response.documents.entries()) {
    const part = parts[index];
    const timestamp = part && (await stampOf(context, part, response, room, index));
    documents.push(part && timestamp ? { ...part, timestamp } : document);
  }
  return { ...response, documents };
}

async function stampOf(
  context: StepContext,
  { signature }: SignatureParts,
  { chain }: SigningResponse,
  room: number,
  index: number,
): Promise<Uint8Array> {
  const { journal, sources, anchors, certificates } = context;
  const urls = await authoritiesOf(context);
  const claimed = manifestOf(journal.transaction)[index]?.claimedSigningTime ?? '';
  const { token } = await obtainTimestamp({
    digest: digest('sha256', signature),
    authorities: urls.map((url) => sources.timestampAuthority(url)),
    anchors,
    pool: chain.map((der) => certificates.read(der)),
    certificates,
    now: () => serviceTime(context),
    notBefore: new Date(claimed),
    maxBytes: room,
    issuersOf: async () => [],
    // As with the stamps that services send: revocation is settled where a long-term level asks for it.
    requireNotRevoked: async () => undefined,
    onAttempt: async (attempt) => {
      await journal.append({ type: 'sourceAsked', attempt });
    },
  });
  return token;
}

/** Undefined for a signature that has its time stamp, or that nobody here can read or put together again. */
function unstampedParts(document: DocumentSignature): SignatureParts | undefined {
  if (document.form === 'parts') return document.timestamp === undefined ? document : undefined;
  const signed = readCms(document.cms);
  if (!signed || signed.signer.unsignedAttributes.size > 0) return undefined;
  const scheme = schemeOf(signed);
  if (scheme === undefined || signed.signer.sentBytes !== undefined) return undefined;
  const { signedBytes, signature } = signed.signer;
  const said = document.digest === undefined ? {} : { digest: document.digest };
  return { form: 'parts', signedAttributes: signedBytes, signature, scheme, ...said };
}

function readCms(der: Uint8Array): SignedData | undefined {
  try {
    return parseSignedData(der);
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

function schemeOf({ signer }: SignedData): SignatureScheme | undefined {
  const { family, digest: hash, saltLength } = signer.signatureAlgorithm;
  if (hash !== 'sha256') return undefined;
  if (family === 'rsa-pss') return saltLength === 32 ? 'rsa-pss-sha256' : undefined;
  if (family === 'ecdsa') return 'ecdsa-p256-sha256';
  return family === 'rsa-pkcs1' ? 'rsa-pkcs1-sha256' : undefined;
}

/** @throws OssError OSS_TIMESTAMP_FAILED before anything is spent, where nobody would stamp the signatures */
export async function assertStampable(context: StepContext): Promise<void> {
  const { needsTimestampAuthority = false } = await describedService(context);
  if (!needsTimestampAuthority || context.journal.transaction.level === 'B-B') return;
  if ((await authoritiesOf(context)).length > 0) return;
  throw new OssError('OSS_TIMESTAMP_FAILED', {
    reason: 'the provider does not stamp, and no time-stamp authority is configured',
  });
}
