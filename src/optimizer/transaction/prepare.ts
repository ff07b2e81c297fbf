import { OssError, toOssError } from '../../contract/errors.ts';
import { toBase64, toUtcSeconds, wholeSeconds } from '../../contract/model/encoding.ts';
import type { SigningServiceDescription } from '../../contract/model/signing-service.ts';
import type { ImportedDocument, PreparedDocument, Transaction } from '../../contract/model/transaction.ts';
import { estimateCmsSize } from '../../pki/index.ts';
import type { AppearanceValues } from '../appearance/fill-variables.ts';
import { assertAllowed } from '../journal/reduce.ts';
import { slotOf } from '../journal/slots.ts';
import { appendSignaturePlaceholder, type PlaceholderOptions } from '../pades/prepare-document.ts';
import type { WorkOptions } from '../progress.ts';
import { hashPrefix } from '../vault/import-document.ts';
import { describedService, type StepContext } from './context.ts';
import { assertStampable } from './stamp-signatures.ts';

/**
 * Appends to every vault copy the incremental update with the placeholder for /Contents, and records the ByteRange
 * digests. May be done again: the update is cut off and rewritten, the original bytes are never touched.
 * @throws OssError OSS_PDF_*, OSS_FILE_CHANGED, OSS_TRANSACTION_STATE
 */
export async function prepareTransaction(context: StepContext, work: WorkOptions = {}): Promise<void> {
  const { journal } = context;
  const { documents, hashes = [], state, profile, level } = journal.transaction;
  assertAllowed(state, 'prepared'); // before a signed copy is cut back to its original
  if (documents.length + hashes.length === 0) {
    throw new OssError('OSS_TRANSACTION_STATE', { reason: 'no document', state });
  }
  const described = await describedService(context);
  const { maxDocuments = Number.POSITIVE_INFINITY } = described;
  if (documents.length + hashes.length > maxDocuments)
    throw new OssError('OSS_TOO_MANY_DOCUMENTS', { limit: maxDocuments });
  await assertStampable(context);
  const contentsCapacity = capacityFor(described, profile, level !== 'B-B');
  const claimedSigningTime = claimedTime(context);
  const prepared: PreparedDocument[] = [];
  for (const [index, document] of documents.entries()) {
    work.onProgress?.({ step: 'preparing', document: index, documents: documents.length });
    const placeholder = await appendPlaceholder(context, document, slotOf(document, index), {
      claimedSigningTime,
      contentsCapacity,
      ...(work.signal && { signal: work.signal }),
    });
    prepared.push({
      ...placeholder,
      digest: toBase64(placeholder.digest),
      claimedSigningTime: toUtcSeconds(claimedSigningTime),
    });
  }
  const hashesClaimedAt = hashes.length > 0 ? { hashesClaimedAt: toUtcSeconds(claimedSigningTime) } : {};
  await journal.append({ type: 'prepared', prepared, ...hashesClaimedAt });
}

/** The error says in `details.slot` which document it is about. */
async function appendPlaceholder(
  { journal, vault, memory, signatureFont, documentWork }: StepContext,
  document: ImportedDocument,
  slot: number,
  {
    claimedSigningTime,
    contentsCapacity,
    ...running
  }: { readonly claimedSigningTime: Date; readonly contentsCapacity: number; readonly signal?: AbortSignal },
): ReturnType<typeof appendSignaturePlaceholder> {
  const path = vault.documentPath(journal.transaction.id, slot);
  const password = memory.passwords.get(slot);
  try {
    const prefixHash = memory.prefixHashes.get(slot) ?? (await hashPrefix(path, document.bytes));
    memory.prefixHashes.set(slot, prefixHash);
    const options: PlaceholderOptions = {
      path,
      document: { bytes: document.bytes, options: document.options },
      contentsCapacity,
      level: journal.transaction.level,
      values: valuesFor(journal.transaction, document, claimedSigningTime),
      ...(password === undefined ? {} : { password }),
    };
    const update = await documentWork.run('prepare', { ...options, signatureFont }, running);
    return await appendSignaturePlaceholder(path, document.bytes, update, prefixHash);
  } catch (thrown) {
    const error = toOssError(thrown);
    throw new OssError(error.code, { ...error.details, slot, file: document.name }, { cause: error });
  }
}

function valuesFor(
  { identity, organisation, registration }: Transaction,
  { name, options }: ImportedDocument,
  at: Date,
): AppearanceValues {
  return {
    signer: identity,
    at,
    document: name,
    ...(organisation === undefined ? {} : { organisation }),
    ...(registration === undefined ? {} : { request: registration.requestId }),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(options.location === undefined ? {} : { location: options.location }),
  };
}

/**
 * /M by the clock of the service, whose time stamp must not be earlier (`M <= genTime`); a desk whose clock
 * is off by minutes still signs correctly.
 */
function claimedTime({ now, memory }: StepContext): Date {
  return wholeSeconds(new Date(now().getTime() + (memory.clockOffset ?? 0)));
}

/** Largest DER name of an issuer that we provide for; the SignerInfo repeats it. */
const MAX_ISSUER_NAME_BYTES = 512;

function capacityFor(
  { profiles }: SigningServiceDescription,
  profileId: string,
  timestamped: boolean,
): number {
  const profile = profiles.find((offered) => offered.id === profileId);
  if (!profile) throw new OssError('OSS_PROFILE_UNKNOWN', { profile: profileId });
  return estimateCmsSize({
    keyAlgorithm: profile.keyAlgorithm,
    chainBytes: profile.chainBytes,
    issuerNameBytes: MAX_ISSUER_NAME_BYTES,
    timestampTokenBytes: timestamped ? profile.timestampBytes : 0,
  });
}
