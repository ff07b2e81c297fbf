import { OssError } from '../../contract/errors.ts';
import { toBase64, toUtcSeconds, wholeSeconds } from '../../contract/model/encoding.ts';
import type { ImportedDocument, PreparedDocument, Transaction } from '../../contract/model/transaction.ts';
import type { ServiceInfo } from '../../contract/service-api/info.ts';
import { estimateCmsSize } from '../../pki/index.ts';
import type { AppearanceValues } from '../appearance/fill-variables.ts';
import { appendSignatureHole } from '../pades/prepare-document.ts';
import type { WorkOptions } from '../progress.ts';
import { hashPrefix } from '../vault/import-document.ts';
import { type StepContext, serviceInfo } from './context.ts';
import { assertAllowed } from './reduce.ts';

/**
 * Appends to every vault copy the incremental update with the hole for /Contents, and records the ByteRange
 * digests. May be done again: the update is cut off and written anew, the original bytes are never touched.
 * @throws OssError OSS_PDF_*, OSS_FILE_CHANGED, OSS_TRANSACTION_STATE
 */
export async function prepareTransaction(context: StepContext, work: WorkOptions = {}): Promise<void> {
  const { journal, vault, memory } = context;
  const { id, state, documents, profile, level } = journal.transaction;
  assertAllowed(state, 'prepared'); // before a signed copy is cut back to its original
  const info = await serviceInfo(context);
  const contentsCapacity = capacityFor(info, profile, level !== 'B-B');
  const claimedSigningTime = claimedTime(context);
  const prepared: PreparedDocument[] = [];
  for (const [index, document] of documents.entries()) {
    work.onProgress?.({ step: 'preparing', document: index, documents: documents.length });
    const path = vault.documentPath(id, index);
    const prefixHash = memory.prefixHashes.get(index) ?? (await hashPrefix(path, document.bytes));
    memory.prefixHashes.set(index, prefixHash);
    const password = memory.passwords.get(index);
    const hole = await appendSignatureHole({
      path,
      document,
      prefixHash,
      values: valuesFor(journal.transaction, document, claimedSigningTime),
      level,
      contentsCapacity,
      typefaces: context.typefaces,
      ...(password === undefined ? {} : { password }),
    });
    prepared.push({
      ...hole,
      digest: toBase64(hole.digest),
      claimedSigningTime: toUtcSeconds(claimedSigningTime),
    });
  }
  await journal.append({ type: 'prepared', prepared });
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

function capacityFor(info: ServiceInfo, profileId: string, timestamped: boolean): number {
  const profile = info.profiles.find((offered) => offered.id === profileId);
  if (!profile) throw new OssError('OSS_PROFILE_UNKNOWN', { profile: profileId });
  return estimateCmsSize({
    keyAlgorithm: profile.keyAlgorithm,
    chainBytes: profile.chainBytes,
    issuerNameBytes: MAX_ISSUER_NAME_BYTES,
    timestampTokenBytes: timestamped ? profile.timestampBytes : 0,
  });
}
