import { OssError, toOssError } from '../../contract/errors.ts';
import type { Authorisation } from '../../contract/model/authorisation.ts';
import { toUtcSeconds } from '../../contract/model/encoding.ts';
import type { SignatureOptions } from '../../contract/model/transaction.ts';
import { PkiError } from '../../pki/index.ts';
import { signatureFacts } from '../evidence/signature-facts.ts';
import { slotOf } from '../journal/slots.ts';
import { embedSignature } from '../pades/embed-signature.ts';
import type { WorkOptions } from '../progress.ts';
import { checkResponse, type VerifiedResponse } from '../signing-service/check-response.ts';
import type { SigningResponse } from '../signing-service/port.ts';
import { storedResponseSchema, toStoredResponse } from '../signing-service/stored-response.ts';
import { compareClocks, describedService, type StepContext, serviceTime } from './context.ts';
import { assertDeliverable } from './delivery-folder.ts';
import { contentsOf, manifestOf } from './manifest-of.ts';
import { prepareTransaction } from './prepare.ts';
import { reserveSpace } from './reserve-space.ts';
import { stampedResponse } from './stamp-signatures.ts';

/** Refusals after which the same code may not be used again. */
const NEW_CODE_NEEDED: readonly string[] = [
  'OSS_SIGNING_DIGESTS_CHANGED',
  'OSS_SIGNING_PREPARED_TOO_LONG_AGO',
  'OSS_SIGNING_CLOCK_SKEW',
  'OSS_SIGNING_INTERRUPTED',
  'OSS_REQUEST_STATE',
];

/** Refusals before the service looked at the call, which may be a repetition of one that it carried out. */
const NOT_LOOKED_AT: readonly string[] = ['OSS_RATE_LIMITED', 'OSS_CREDENTIALS_INVALID'];

/** Failures that leave open whether the service has signed: the transaction stays at `signing` and asks again. */
const isOutcomeUnknown = ({ code, retryable }: OssError): boolean =>
  (retryable && /^OSS_(SERVICE|SIGNING)_/.test(code)) || NOT_LOOKED_AT.includes(code);

/**
 * The one irreversible step: intent to the journal, then the call, then verification of everything that
 * came back, then the envelopes. Called again after a lost response it fetches the stored one.
 * @throws OssError OSS_FOLDER_UNUSABLE before anything is spent, OSS_OTP_REFUSED, OSS_SIGNING_*, OSS_SERVICE_*, OSS_PDF_CONTENTS_OVERFLOW
 */
export async function signTransaction(
  context: StepContext,
  authorisation: Authorisation,
  work: WorkOptions = {},
): Promise<void> {
  if (context.journal.transaction.state === 'signing' && (await settleSigning(context, work))) return;
  await attemptSigning(context, authorisation, work);
}

/**
 * As `signTransaction`, for a signer who agreed to the contents in another application: the look of each
 * signature is chosen now, so the documents are prepared now. A proof of another authentication needs no
 * code, hence perhaps no agreement was recorded before.
 * @param options by position of the document
 * @throws OssError as `signTransaction`, and OSS_PDF_* with `details.slot` where a document cannot be prepared
 */
export async function signContents(
  context: StepContext,
  authorisation: Authorisation,
  options: readonly SignatureOptions[],
  work: WorkOptions = {},
): Promise<void> {
  const { journal } = context;
  if (journal.transaction.state === 'signing' && (await settleSigning(context, work))) return;
  if (journal.transaction.contents === undefined) {
    await journal.append({ type: 'contentsAgreed', contents: contentsOf(journal.transaction) });
  }
  await journal.append({ type: 'placed', options: [...options] });
  await prepareTransaction(context, work);
  await attemptSigning(context, authorisation, work);
}

async function attemptSigning(
  context: StepContext,
  authorisation: Authorisation,
  work: WorkOptions,
): Promise<void> {
  const { journal, service } = context;
  const { registration, contents } = journal.transaction;
  await assertDeliverable(journal.transaction);
  await reserveSpace(context);
  // The response is judged by the clock of the service as it is now, not as it was when the code was sent.
  await compareClocks(context);
  const idempotencyKey = context.newKey();
  await journal.append({ type: 'signing', idempotencyKey });
  const requestId = registration?.requestId ?? '';
  const call = {
    authorisation,
    manifest: manifestOf(journal.transaction),
    ...(contents === undefined ? {} : { contents }),
  };
  await finish(context, () => service.sign(requestId, call, idempotencyKey), work);
}

/**
 * After a crash or a lost response: takes the stored response, ours or the service's, and finishes.
 * @returns false when the service has signed nothing under this key, so that a new attempt may begin
 */
export async function settleSigning(context: StepContext, work: WorkOptions = {}): Promise<boolean> {
  const { journal, service, vault, memory } = context;
  const { id, registration, signingKey } = journal.transaction;
  if (!registration || !signingKey) throw new OssError('OSS_JOURNAL_DAMAGED');
  // After a restart the clocks are compared again; without the service what is stored is judged by our own.
  await describedService(context).catch(() => undefined);
  const held = memory.response;
  const stored = held
    ? ({ success: true, data: held } as const)
    : storedResponseSchema.safeParse(await vault.readResponse(id));
  const fetch = stored.success
    ? async () => stored.data
    : () => service.storedResponse(registration.requestId, signingKey, manifestOf(journal.transaction));
  try {
    await finish(context, fetch, work);
    return true;
  } catch (thrown) {
    const error = toOssError(thrown);
    // "Nothing signed under this key": the code was not spent on it either.
    if (error.code === 'OSS_REQUEST_STATE' || error.code === 'OSS_SIGNING_INTERRUPTED') return false;
    throw error;
  }
}

async function finish(
  context: StepContext,
  obtain: () => Promise<SigningResponse>,
  work: WorkOptions,
): Promise<void> {
  const { journal, memory } = context;
  const { level } = journal.transaction;
  let verified: VerifiedResponse;
  try {
    const response = await obtain();
    // Whatever cannot be written or stamped now: this is held, and can be fetched again by its key.
    await keepResponse(context, response);
    const stamped = level === 'B-B' ? response : await stampedResponse(context, response);
    if (stamped !== response) await keepResponse(context, stamped);
    verified = await verifiedResponse(context, stamped);
    await embedAll(context, verified, work);
    await journal.append({ type: 'issued', facts: signatureFacts(verified, level !== 'B-B') });
  } catch (thrown) {
    throw await recordFailure(context, toOssError(thrown));
  }
  memory.response = undefined;
  const { serialHex, notBefore, notAfter } = verified.certificate;
  await journal.append({
    type: 'signed',
    certificate: {
      serialNumber: serialHex,
      notBefore: toUtcSeconds(notBefore),
      notAfter: toUtcSeconds(notAfter),
    },
  });
}

async function keepResponse(
  { journal, vault, memory }: StepContext,
  response: SigningResponse,
): Promise<void> {
  const { id } = journal.transaction;
  memory.response = response;
  await vault.makingRoom(id, () => vault.writeResponse(id, toStoredResponse(response)));
}

/** Whether it says that the response is wrong; all else that fails once it has come (a full disk) leaves it good. */
const isOfTheResponse = (code: string): boolean =>
  ['OSS_SERVICE_', 'OSS_PDF_', 'OSS_SIGNING_'].some((kind) => code.startsWith(kind));

async function recordFailure({ journal, vault, memory }: StepContext, error: OssError): Promise<OssError> {
  const isOurs = memory.response !== undefined && !isOfTheResponse(error.code);
  if (isOurs || isOutcomeUnknown(error)) {
    await journal.append({ type: 'failed', step: 'signing', code: error.code });
    return error;
  }
  const spent = NEW_CODE_NEEDED.includes(error.code) || error.details.triesLeft === 0;
  const garbage = error.code.startsWith('OSS_SERVICE_');
  memory.response = undefined;
  await vault.removeResponse(journal.transaction.id);
  await journal.append({ type: 'refused', code: error.code, newCodeNeeded: spent || garbage });
  return error;
}

/**
 * Where the time alone speaks against it, the clocks are compared once more: one that was set while the service signed
 * would make a good response look wrong, and it would be thrown away for good.
 * @throws OssError OSS_SERVICE_*, a retryable one where the service cannot be asked for its time
 */
async function verifiedResponse(context: StepContext, response: SigningResponse): Promise<VerifiedResponse> {
  try {
    return judged(context, response);
  } catch (error) {
    const before = serviceTime(context).getTime();
    if (!isOfTime(error)) throw error;
    await compareClocks(context);
    if (Math.abs(serviceTime(context).getTime() - before) < SET_BY_MS) throw error;
    return judged(context, response);
  }
}

/** Less than that passes while the service is asked. */
const SET_BY_MS = 60_000;

const isOfTime = (error: unknown): boolean =>
  error instanceof OssError &&
  error.cause instanceof PkiError &&
  ['certificate-outside-validity', 'certificate-not-yet-valid'].includes(error.cause.reason);

function judged(context: StepContext, response: SigningResponse): VerifiedResponse {
  const { journal, service, anchors, certificates } = context;
  const { identity, level } = journal.transaction;
  return checkResponse(response, {
    manifest: manifestOf(journal.transaction),
    identity,
    policy: service.certificates,
    anchors,
    certificates,
    timestamped: level !== 'B-B',
    at: serviceTime(context),
  });
}

async function embedAll(
  { journal, vault }: StepContext,
  { documents: envelopes }: VerifiedResponse,
  work: WorkOptions,
): Promise<void> {
  const { id, documents, hashes = [], prepared = [] } = journal.transaction;
  for (const [index, placeholder] of prepared.entries()) {
    const [cms, document] = [envelopes[index]?.cms, documents[index]];
    if (!cms || !document) throw new OssError('OSS_SERVICE_WRONG_DIGEST');
    work.onProgress?.({ step: 'embedding', document: index, documents: documents.length });
    await embedSignature(vault.documentPath(id, slotOf(document, index)), placeholder, cms);
  }
  for (const [index, { slot }] of hashes.entries()) {
    const cms = envelopes[prepared.length + index]?.cms;
    if (!cms) throw new OssError('OSS_SERVICE_WRONG_DIGEST');
    await vault.writeEnvelope(id, slot, cms);
  }
}
