import { rm } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import { sealIdSchema } from '../../contract/model/seal.ts';
import type { SignatureOptions, Transaction } from '../../contract/model/transaction.ts';
import { type CountersignatureForm, classicSignFormSchema } from '../../contract/optimizer-api/index.ts';
import { newTransactionId, type OfficerCredentials } from '../../optimizer/index.ts';
import type { ApiRequestRecord, DocumentRecord } from '../store/records.ts';
import { type ApiCore, keyOfRequest, updateRequest } from './api-core.ts';
import { signedPathOf } from './document-files.ts';
import { signatureOptionsOf } from './placements.ts';
import { missingParameters, Refusal } from './refusal.ts';
import type { SignForm } from './sign-form.ts';
import { signatureStyle } from './signature-style.ts';
import { noteState } from './state-changes.ts';

const WRONG_CREDENTIALS = 'Invalid countersignature credentials';

type Countersignature = NonNullable<ApiRequestRecord['countersignature']>;

/** The seal that was ordered with the signature of the signer, judged before that is asked for. */
export interface SealOrder {
  readonly officer: OfficerCredentials;
  readonly seal: string;
  readonly documents: Countersignature['documents'];
}

/** Where the credentials of who seals a request rest until it is done. */
export const sealOfficerOf = (pk: number): string => `seal-of-request-${pk}`;

/**
 * Which documents are to be sealed: those that say so, or all where none says anything.
 * @throws Refusal 400, 403, 404
 */
export async function sealOrderOf(
  core: ApiCore,
  form: SignForm,
  transaction: Transaction,
  records: readonly DocumentRecord[],
): Promise<SealOrder | undefined> {
  const classic = classicSignFormSchema.safeParse(form);
  const { countersignature, options } = classic.data ?? {};
  const wanted = wantedDocuments(options, records);
  const isOrdered = countersignature !== undefined && Object.keys(countersignature).length > 0;
  if (!isOrdered) {
    if (wanted?.length) throw missingParameters('countersignature');
    return undefined;
  }
  const documents = (wanted ?? records).filter(({ kind }) => kind === 'pdf');
  if (documents.length === 0) return undefined;
  const officer = credentialsOf(countersignature);
  const seal = await usableSeal(core, officer, countersignature.seal);
  const looks = await looksOf(core, countersignature, transaction, { records, documents });
  return { officer, seal, documents: looks };
}

/** Undefined where no document says whether it is to be sealed. */
function wantedDocuments(options: unknown, records: readonly DocumentRecord[]): DocumentRecord[] | undefined {
  const entries = typeof options === 'object' && options !== null ? Object.entries(options) : [];
  const isFlat = entries.some(([, value]) => typeof value !== 'object');
  const said = isFlat
    ? records.slice(0, 1).map(({ uid }) => [uid, options] as const)
    : entries.map(([uid, value]) => [uid === 'document' ? (records[0]?.uid ?? '') : uid, value] as const);
  const flags = said.flatMap(([uid, value]) => {
    const flag = (value as { usecountersignature?: unknown } | undefined)?.usecountersignature;
    return flag === undefined ? [] : [[uid, flag === true] as const];
  });
  if (flags.length === 0) return undefined;
  return records.filter(({ uid }) => flags.some(([named, isOn]) => named === uid && isOn));
}

function credentialsOf({ username, password, pin }: CountersignatureForm): OfficerCredentials {
  const missing = Object.entries({ username, password, pin }).filter(([, value]) => !value);
  if (!username || !password || !pin)
    throw missingParameters(...missing.map(([name]) => `countersignature.${name}`));
  return { username, password, pin };
}

/** Asked before the signer's code is used up. @throws Refusal 403 */
async function usableSeal(
  core: ApiCore,
  officer: OfficerCredentials,
  id: string | undefined,
): Promise<string> {
  const { seals } = core.accounts.connection(officer);
  const refused = (cause: unknown): Refusal => new Refusal(403, WRONG_CREDENTIALS, { cause });
  if (seals === undefined) throw new Refusal(400, 'Countersignatures are not offered by this provider');
  if (id !== undefined && !sealIdSchema.safeParse(id).success)
    throw new Refusal(400, 'Invalid parameter: countersignature.seal');
  try {
    const offered = (await seals.list()).filter((seal) => id === undefined || seal.id === id);
    const [own, second] = offered;
    if (second !== undefined) throw new Refusal(400, 'Several seals: name one as countersignature.seal');
    if (own === undefined) throw new OssError('OSS_FORBIDDEN');
    await seals.check(own.id);
    return own.id;
  } catch (thrown) {
    const isRefusal =
      thrown instanceof OssError && ['OSS_CREDENTIALS_INVALID', 'OSS_FORBIDDEN'].includes(thrown.code);
    throw isRefusal ? refused(thrown) : thrown;
  }
}

/** One place for all documents; without one the seal is invisible. @throws Refusal 400, 404 */
async function looksOf(
  core: ApiCore,
  { position, page, image, signature_format: format }: CountersignatureForm,
  transaction: Transaction,
  {
    records,
    documents,
  }: { readonly records: readonly DocumentRecord[]; readonly documents: readonly DocumentRecord[] },
): Promise<Countersignature['documents']> {
  if (position === undefined && page === undefined) return documents.map(({ uid }) => ({ uid, options: {} }));
  const placement = {
    ...(position === undefined ? {} : { position }),
    ...(page === undefined ? {} : { page }),
    ...(image === undefined ? {} : { image }),
  };
  const options = await signatureOptionsOf(core, transaction, records, {
    placements: new Map(documents.map(({ uid }) => [uid, placement])),
    style: signatureStyle(format, undefined),
  });
  const bySlot = new Map(
    transaction.documents.map((document, index) => [document.slot ?? index, options[index]]),
  );
  return documents.map(({ uid, slot }): { uid: string; options: SignatureOptions } => ({
    uid,
    options: bySlot.get(slot) ?? {},
  }));
}

/** Written down before the signer's signature is asked for, so that no crash leaves that without its seal. */
export async function noteSealOrder(core: ApiCore, pk: number, order: SealOrder | undefined): Promise<void> {
  const earlier = core.records.requests.get(keyOfRequest(pk))?.countersignature;
  if (order === undefined) {
    // What a refused call had ordered does not hold for the next one.
    if (earlier) updateRequest(core, pk, { countersignature: undefined });
    return;
  }
  await core.accounts.forget(sealOfficerOf(pk));
  await core.accounts.remember(sealOfficerOf(pk), order.officer);
  const { seal, documents } = order;
  const transactionId = earlier?.transactionId ?? newTransactionId();
  updateRequest(core, pk, { countersignature: { seal, documents, transactionId, done: false } });
}

/**
 * Sets the seal over the signed files; called again it goes on from where it was.
 * @throws Refusal 403; OssError of the step that failed: the request is not ISSUED before it is there
 */
export async function sealRequest(core: ApiCore, pk: number): Promise<void> {
  const record = core.records.requests.get(keyOfRequest(pk));
  const ordered = record?.countersignature;
  if (!record?.transactionId || ordered?.done !== false) return;
  const signed = await core.optimizer.get(record.transactionId);
  try {
    const id = await openSealing(core, record, ordered, signed);
    await core.optimizer.placeSeal(id);
  } catch (thrown) {
    const isRefusal =
      thrown instanceof OssError && ['OSS_CREDENTIALS_INVALID', 'OSS_FORBIDDEN'].includes(thrown.code);
    throw isRefusal ? new Refusal(403, WRONG_CREDENTIALS, { cause: thrown }) : thrown;
  }
  const current = core.records.requests.get(keyOfRequest(pk))?.countersignature ?? ordered;
  updateRequest(core, pk, { countersignature: { ...current, done: true } });
  noteState(core, pk, signed);
  await core.accounts.forget(sealOfficerOf(pk));
  await removeUnsealed(core, pk, signed);
}

/** The transaction of the seal: the one that was begun, or a new one where that ended without a seal. */
async function openSealing(
  core: ApiCore,
  { pk, profile, registrationAuthority }: ApiRequestRecord,
  ordered: Countersignature,
  signed: Transaction,
): Promise<string> {
  let id = ordered.transactionId;
  if (await core.optimizer.has(id)) {
    const { state } = await core.optimizer.get(id);
    if (state !== 'cancelled' && state !== 'expired') return id;
    id = newTransactionId();
    updateRequest(core, pk, { countersignature: { ...ordered, transactionId: id } });
  }
  const officer = sealOfficerOf(pk);
  const signer = await core.optimizer.sealSigner(ordered.seal, officer);
  const documents = ordered.documents.flatMap(({ uid, options }) => {
    const record = core.records.documents.get(`${pk}/${uid}`);
    const path = record && signedPathOf(record, signed);
    return path === undefined ? [] : [{ path, name: record?.filename ?? '', options }];
  });
  await core.optimizer.create({
    ...{ id, officer, documents, registrationAuthority, level: signed.level },
    identity: signer.identity,
    seal: signer.seal,
    profile: signer.profile ?? profile,
    deliverTo: core.files.sealedFolder(pk),
  });
  return id;
}

/** The same files without the seal, which the sealed ones contain. */
async function removeUnsealed(core: ApiCore, pk: number, signed: Transaction): Promise<void> {
  const { countersignature } = core.records.requests.get(keyOfRequest(pk)) ?? {};
  for (const { uid } of countersignature?.documents ?? []) {
    const record = core.records.documents.get(`${pk}/${uid}`);
    const path = record && signedPathOf(record, signed);
    if (path !== undefined) await rm(path, { force: true });
  }
}

/** After a restart: what is signed and still waits for its seal. */
export async function resumeSealing(core: ApiCore, pk: number): Promise<void> {
  const record = core.records.requests.get(keyOfRequest(pk));
  if (!record?.transactionId || record.countersignature?.done !== false) return;
  const { state } = await core.optimizer.get(record.transactionId);
  if (state === 'delivered') await sealRequest(core, pk);
}
