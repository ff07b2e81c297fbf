import { OssError, toOssError } from '../../contract/errors.ts';
import { fromBase64, toUtcSeconds } from '../../contract/model/encoding.ts';
import type { SignatureOptions } from '../../contract/model/transaction.ts';
import { type Authorisation, type SignAnswer, signAnswerSchema } from '../../contract/service-api/sign.ts';
import { parseCertificate } from '../../pki/index.ts';
import { checkAnswer } from '../answer/check-answer.ts';
import { signatureFacts } from '../evidence/signature-facts.ts';
import { embedSignature } from '../pades/embed-signature.ts';
import type { WorkOptions } from '../progress.ts';
import { compareClocks, type StepContext, serviceInfo } from './context.ts';
import { assertDeliverable } from './delivery-folder.ts';
import { contentsOf, manifestOf } from './manifest-of.ts';
import { prepareTransaction } from './prepare.ts';
import { reserveSpace } from './reserve-space.ts';
import { slotOf } from './slots.ts';

/** Refusals after which the same code may not be used again. */
const NEW_CODE_NEEDED: readonly string[] = [
  'OSS_SIGNING_DIGESTS_CHANGED',
  'OSS_SIGNING_PREPARED_TOO_LONG_AGO',
  'OSS_SIGNING_CLOCK_SKEW',
  'OSS_SIGNING_INTERRUPTED',
  'OSS_REQUEST_STATE',
];

/** Failures that leave open whether the service has signed: the transaction stays at `signing` and asks again. */
const OUTCOME_UNKNOWN: readonly string[] = [
  'OSS_SERVICE_UNREACHABLE',
  'OSS_SERVICE_TIMEOUT',
  'OSS_SERVICE_FAILED',
  'OSS_SIGNING_IN_PROGRESS',
  'OSS_RATE_LIMITED',
  'OSS_CREDENTIALS_INVALID',
];

/**
 * The one irreversible step: intent to the journal, then the call, then verification of everything that
 * came back, then the envelopes. Called again after a lost answer it fetches the stored one.
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
  // The answer is judged by the clock of the service as it is now, not as it was when the code was sent.
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
 * After a crash or a lost answer: takes the stored answer, ours or the service's, and finishes.
 * @returns false when the service has signed nothing under this key, so that a new attempt may begin
 */
export async function settleSigning(context: StepContext, work: WorkOptions = {}): Promise<boolean> {
  const { journal, service, vault, memory } = context;
  const { id, registration, signingKey } = journal.transaction;
  if (!registration || !signingKey) throw new OssError('OSS_JOURNAL_DAMAGED');
  // After a restart the clocks are compared again; without the service what is stored is judged by our own.
  await serviceInfo(context).catch(() => undefined);
  const stored = signAnswerSchema.safeParse(memory.answer ?? (await vault.readAnswer(id)));
  const fetch = stored.success
    ? async () => stored.data
    : () => service.signature(registration.requestId, signingKey);
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
  answerOf: () => Promise<SignAnswer>,
  work: WorkOptions,
): Promise<void> {
  const { journal, vault, memory } = context;
  let answer: SignAnswer;
  try {
    answer = await answerOf();
    // Whatever cannot be written now: this is held, and can be fetched again by its key.
    memory.answer = answer;
    await vault.makingRoom(journal.transaction.id, () => vault.writeAnswer(journal.transaction.id, answer));
    await embedAll(context, answer, work);
    await journal.append({ type: 'issued', facts: signatureFacts(answer, context) });
  } catch (thrown) {
    throw await recordFailure(context, toOssError(thrown));
  }
  memory.answer = undefined;
  const { serialHex, notBefore, notAfter } = parseCertificate(fromBase64(answer.certificate));
  await journal.append({
    type: 'signed',
    certificate: {
      serialNumber: serialHex,
      notBefore: toUtcSeconds(notBefore),
      notAfter: toUtcSeconds(notAfter),
    },
  });
}

/** Whether it says that the answer is wrong; all else that fails once it has come (a full disk) leaves it good. */
const isOfTheAnswer = (code: string): boolean =>
  ['OSS_SERVICE_', 'OSS_PDF_', 'OSS_SIGNING_'].some((kind) => code.startsWith(kind));

async function recordFailure({ journal, vault, memory }: StepContext, error: OssError): Promise<OssError> {
  const isOurs = memory.answer !== undefined && !isOfTheAnswer(error.code);
  if (isOurs || OUTCOME_UNKNOWN.includes(error.code)) {
    await journal.append({ type: 'failed', step: 'signing', code: error.code });
    return error;
  }
  const spent = NEW_CODE_NEEDED.includes(error.code) || error.details.triesLeft === 0;
  const nonsense = error.code.startsWith('OSS_SERVICE_');
  memory.answer = undefined;
  await vault.removeAnswer(journal.transaction.id);
  await journal.append({ type: 'refused', code: error.code, newCodeNeeded: spent || nonsense });
  return error;
}

async function embedAll(context: StepContext, answer: SignAnswer, work: WorkOptions): Promise<void> {
  const { journal, vault, anchors, certificates, memory } = context;
  const { id, identity, level, documents, hashes = [], prepared = [] } = journal.transaction;
  const envelopes = checkAnswer(answer, {
    manifest: manifestOf(journal.transaction),
    identity,
    anchors,
    certificates,
    timestamped: level !== 'B-B',
    at: new Date(context.now().getTime() + (memory.clockOffset ?? 0)),
  });
  for (const [index, hole] of prepared.entries()) {
    const [cms, document] = [envelopes[index], documents[index]];
    if (!cms || !document) throw new OssError('OSS_SERVICE_WRONG_DIGEST');
    work.onProgress?.({ step: 'embedding', document: index, documents: documents.length });
    await embedSignature(vault.documentPath(id, slotOf(document, index)), hole, cms);
  }
  for (const [index, { slot }] of hashes.entries()) {
    const cms = envelopes[prepared.length + index];
    if (!cms) throw new OssError('OSS_SERVICE_WRONG_DIGEST');
    await vault.writeEnvelope(id, slot, cms);
  }
}
