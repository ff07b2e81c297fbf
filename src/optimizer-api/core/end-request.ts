import { OssError } from '../../contract/errors.ts';
import { FINAL_STATES } from '../../contract/model/transaction.ts';
import { updateRequestFormSchema } from '../../contract/optimizer-api/index.ts';
import type { ApiRequestRecord } from '../store/records.ts';
import { type ApiCore, keyOfDocument, keyOfRequest, updateRequest } from './api-core.ts';
import { sealOfficerOf } from './countersignature.ts';
import { officerNameOf } from './forget-request.ts';
import { parseForm } from './form-body.ts';
import { missingParameters, Refusal } from './refusal.ts';
import { noteState } from './state-changes.ts';

/**
 * Cancels the request here and at the service, unless it is signed, and removes its files and what was said of the
 * signer. Its number and last state stay, and so does the evidence, which is sealed.
 */
export async function removeRequest(core: ApiCore, record: ApiRequestRecord): Promise<void> {
  const { pk, transactionId } = record;
  if (!record.removed) await cancelRequest(core, record);
  updateRequest(core, pk, { removed: true, fields: {} });
  core.store.noteRemoval();
  await finishRemoval(core, pk, transactionId);
}

/** Cancels the request here and at the service, unless it is signed. */
export async function cancelRequest(core: ApiCore, { pk, transactionId }: ApiRequestRecord): Promise<void> {
  const transaction = transactionId === undefined ? undefined : await core.optimizer.get(transactionId);
  if (transaction && !FINAL_STATES.includes(transaction.state)) await endTransaction(core, transaction.id);
  if (transaction?.state === 'delivered') return;
  updateRequest(core, pk, { cancelled: true });
  noteState(core, pk);
}

/** What may be done again after a crash: the record says already that it is removed. */
export async function finishRemoval(
  core: ApiCore,
  pk: number,
  transactionId: string | undefined,
): Promise<void> {
  for (const { uid } of core.records.documents.list(`${pk}/`))
    core.records.documents.remove(keyOfDocument(pk, uid));
  await core.files.removeRequestFolder(pk);
  await core.accounts.forget(officerNameOf(pk));
  const { countersignature } = core.records.requests.get(keyOfRequest(pk)) ?? {};
  await core.accounts.forget(sealOfficerOf(pk));
  if (countersignature) {
    if (await core.optimizer.has(countersignature.transactionId))
      await endTransaction(core, countersignature.transactionId);
    await core.optimizer.remove(countersignature.transactionId);
  }
  if (transactionId === undefined) return;
  await core.optimizer.remove(transactionId);
  updateRequest(core, pk, { transactionId: undefined });
}

/**
 * It ends here whatever the service says to it: what it does not hear of expires there.
 * @throws OssError where it has not ended, as on a full disk
 */
export async function endTransaction(
  { optimizer, log }: Pick<ApiCore, 'optimizer' | 'log'>,
  id: string,
): Promise<void> {
  const hasEnded = async (): Promise<boolean> => FINAL_STATES.includes((await optimizer.get(id)).state);
  if (await hasEnded()) return;
  try {
    await optimizer.cancel(id);
  } catch (thrown) {
    if (!(thrown instanceof OssError) || !(await hasEnded())) throw thrown;
    log('a cancellation was not taken by the service', thrown);
  }
}

/**
 * Corrects what is known of the signer, before an officer approves it. Afterwards the signer is registered and
 * the contract made out, so nothing changes any more.
 * @throws Refusal 400, 412
 */
export function correctRequest(core: ApiCore, record: ApiRequestRecord, body: unknown): void {
  const {
    scratchcard,
    country_name: country,
    birth_date: _,
    ...fields
  } = parseForm(updateRequestFormSchema, body);
  if (!scratchcard) throw missingParameters('scratchcard');
  if (scratchcard !== record.scratchcard) throw new Refusal(400, 'Invalid parameter: scratchcard');
  if (record.transactionId !== undefined || record.cancelled)
    throw new Refusal(412, 'Invalid request status');
  const { registration_authority: authority, profile, ...signer } = fields;
  const given = Object.fromEntries(Object.entries(signer).filter(([, value]) => typeof value === 'string'));
  updateRequest(core, record.pk, {
    fields: {
      ...record.fields,
      ...given,
      ...(country && !given.id_document_country ? { id_document_country: country } : {}),
    },
    ...(authority ? { registrationAuthority: authority } : {}),
    ...(profile ? { profile } : {}),
  });
}
