import { OssError } from '../../contract/errors.ts';
import type { Authorisation } from '../../contract/model/authorisation.ts';
import type { SignatureOptions, Transaction } from '../../contract/model/transaction.ts';
import type { ApiRequestRecord, DocumentRecord } from '../store/records.ts';
import { type ApiCore, keyOfRequest, updateRequest } from './api-core.ts';
import { noteSealOrder, type SealOrder, sealOrderOf, sealRequest } from './countersignature.ts';
import { signatureOptionsOf } from './placements.ts';
import { Refusal } from './refusal.ts';
import { transactionOf } from './request-lookup.ts';
import { stateOf } from './request-state.ts';
import { authorisationOf, looksOf, type SignForm } from './sign-form.ts';
import { withoutStrays } from './stray-slots.ts';

/** What is to be signed with what, judged as far as it can be before the service is asked. */
export interface SignOrder {
  readonly authorisation: Authorisation;
  readonly options: readonly SignatureOptions[];
  /** The seal that comes over the signature. */
  readonly seal?: SealOrder;
}

/**
 * `done` where an earlier call has signed and its response may not have arrived: repeating the call, with the
 * same idempotency key or without one ever answered, is answered as the first would have been.
 * @throws Refusal 400, 403, 404, 412
 */
export async function prepareOrder(
  core: ApiCore,
  pk: number,
  form: SignForm,
  idempotencyKey: string | undefined,
): Promise<SignOrder | 'done'> {
  const record = currentRecord(core, pk);
  const authorisation = authorisationOf(form);
  const transaction = await withoutStrays(core, pk, await transactionOf(core, record));
  if (stateOf(record, transaction) === 'ISSUED') {
    const isRepeated =
      !record.signAnswered || (idempotencyKey !== undefined && idempotencyKey === record.signKey);
    if (isRepeated) return 'done';
    throw new Refusal(412, 'Request already in ISSUED status');
  }
  if (stateOf(record, transaction) !== 'ENROLLREADY') throw new Refusal(412, 'Invalid request status');
  const documents = core.records.documents.list(`${pk}/`);
  // Signed, and its seal could not be set: the call says once more who seals.
  if (transaction.state === 'delivered') {
    const seal = await sealOrderOf(core, form, transaction, documents);
    return { authorisation, options: [], ...(seal && { seal }) };
  }
  if (documents.length === 0) throw new Refusal(412, 'There are no documents to sign');
  const looks = looksOf(form, documents, record.fields.communication_language);
  const options = await signatureOptionsOf(core, transaction, documents, looks);
  // A code can only be right where one is on its way.
  if (authorisation.type === 'otp' && !['otpSent', 'signing', 'signed'].includes(transaction.state)) {
    throw new Refusal(403, 'Confirmation Code invalid');
  }
  const seal = await sealOrderOf(core, form, transaction, documents);
  if (idempotencyKey !== undefined) updateRequest(core, pk, { signKey: idempotencyKey });
  return { authorisation, options, ...(seal && { seal }) };
}

/**
 * Signs, verifies and delivers; called again after a failure in between it goes on from there.
 * @throws Refusal 400, 403; OssError OSS_SERVICE_*
 */
export async function carryOut(
  core: ApiCore,
  pk: number,
  { authorisation, options, seal }: SignOrder,
): Promise<void> {
  const record = currentRecord(core, pk);
  const transaction = await transactionOf(core, record);
  if (seal !== undefined || !['signed', 'delivered'].includes(transaction.state))
    await noteSealOrder(core, pk, seal);
  try {
    if (!['signed', 'delivered'].includes(transaction.state))
      await core.optimizer.signContents(transaction.id, authorisation, options);
    if (transaction.state !== 'delivered') await deliverOnce(core, transaction.id);
    await sealRequest(core, pk);
  } catch (thrown) {
    throw refusalOf(thrown, core.records.documents.list(`${pk}/`), transaction);
  }
}

/** What a restart delivers meanwhile is delivered. */
async function deliverOnce({ optimizer }: ApiCore, id: string): Promise<void> {
  try {
    await optimizer.deliver(id);
  } catch (thrown) {
    if ((await optimizer.get(id)).state !== 'delivered') throw thrown;
  }
}

function currentRecord({ records }: ApiCore, pk: number): ApiRequestRecord {
  const record = records.requests.get(keyOfRequest(pk));
  if (!record) throw new Refusal(404, `Request ${pk} not found. Cannot sign documents`);
  return record;
}

function refusalOf(thrown: unknown, documents: readonly DocumentRecord[], transaction: Transaction): unknown {
  if (!(thrown instanceof OssError)) return thrown;
  const { code, details } = thrown;
  if (code === 'OSS_OTP_REFUSED') return new Refusal(403, 'Confirmation Code invalid', { cause: thrown });
  if (code === 'OSS_REQUEST_STATE' || code === 'OSS_REQUEST_EXPIRED') {
    const expected = transaction.otp === undefined ? 'Confirmation Code invalid' : 'Invalid request status';
    return new Refusal(transaction.otp === undefined ? 403 : 412, expected, { cause: thrown });
  }
  const document = documents.find(({ slot }) => slot === details.slot);
  if (code.startsWith('OSS_PDF_') && document && thrown.status === 422) {
    return new Refusal(400, { [document.uid]: `${thrown.message} ${thrown.action}` }, { cause: thrown });
  }
  return thrown;
}
