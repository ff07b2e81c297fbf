import { join } from 'node:path';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { Authorisation } from '../../contract/model/authorisation.ts';
import type { FileOrder } from '../../contract/model/file-order.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { toErrorResponse } from '../../contract/service-api/error-response.ts';
import { exportedRecords, type Optimizer } from '../../optimizer/index.ts';
import type { CommandStation } from '../station.ts';
import type { WatchedFolders } from './folders.ts';
import { changedOriginals, lookAtOriginals, noteOriginals } from './originals.ts';
import { isPassing } from './passing.ts';
import { sealNamed, sealOrder, unsealedFolder } from './seal-order.ts';

export type JobOutcome =
  | {
      readonly name: string;
      readonly outcome: 'done' | 'failed';
      readonly folder: string;
      readonly code?: string;
      /** Documents that were changed after they were signed; they lie there under another name. */
      readonly changed?: readonly string[];
    }
  | {
      readonly name: string;
      readonly outcome: 'waiting';
      readonly reference: string;
      readonly transaction: string;
    };

const GONE = ['OSS_TRANSACTION_NOT_FOUND', 'OSS_JOURNAL_DAMAGED'];
const TRANSACTION = 'transaction.txt';
/** In these states nothing has been signed, and nothing is under way that could not be given up. */
const CAN_BE_CANCELLED = ['created', 'registered', 'prepared', 'reviewed', 'otpSent'];
/** How often the order was begun without coming to an end, of any kind. */
const ATTEMPTS = 'attempts.txt';
/** One crash may have been somebody else's fault. */
const MAX_ATTEMPTS = 2;

/**
 * Brings an order of `work` as far as it goes: to `done`, to `failed`, or to where its code is waited for.
 * Called again after a crash it goes on from what is on the disk.
 * @param codeFile in `in`, where it has come
 * @throws what may pass (the service is away, the disk is full): the order stays in `work`
 */
export async function carryOut(
  station: CommandStation,
  folders: WatchedFolders,
  name: string,
  codeFile?: string,
): Promise<JobOutcome> {
  try {
    const attempts = Number((await folders.readNote(name, ATTEMPTS)) ?? 0);
    if (attempts >= MAX_ATTEMPTS) throw new OssError('OSS_SET_ASIDE', { order: name });
    // On the disk before it begins: a process that it kills cannot write anything any more.
    await folders.writeNote(name, ATTEMPTS, String(attempts + 1));
    const order = await folders.order(name);
    const files = await folders.documents(name, order);
    const transaction = await transactionOf(station, folders, { name, order, files });
    const outcome = await goOn(station, folders, { name, order, files, codeFile }, transaction);
    if (outcome.outcome === 'waiting') await folders.removeNote(name, ATTEMPTS);
    return outcome;
  } catch (thrown) {
    if (isPassing(thrown) || (await folders.inWork(name)).length === 0) {
      // What passes by itself says nothing of the order.
      await folders.removeNote(name, ATTEMPTS).catch(() => undefined);
      throw thrown;
    }
    const error = toOssError(thrown);
    await folders.removeNote(name, ATTEMPTS);
    await giveUp(station, folders, name);
    await folders.writeNote(name, 'error.json', JSON.stringify(toErrorResponse(error), null, 2));
    return { name, outcome: 'failed', folder: await folders.end(name, 'failed'), code: error.code };
  }
}

/** The transaction of an earlier run where it can go on, a new one otherwise. */
async function transactionOf(
  station: CommandStation,
  folders: WatchedFolders,
  { name, order, files }: Job,
): Promise<Transaction> {
  const { optimizer, info, registrationAuthority } = station;
  const known = await folders.readNote(name, TRANSACTION);
  if (known !== undefined) {
    const transaction = await optimizer.get(known);
    if (transaction.state !== 'cancelled' && transaction.state !== 'expired') return transaction;
  }
  const authority = order.registrationAuthority ?? registrationAuthority;
  if (authority === undefined)
    throw new OssError('OSS_REQUEST_INVALID', { reason: 'registrationAuthority is missing' });
  const work = folders.workOf(name);
  const { identity, level, organisation, visible } = order;
  // Before anybody signs: a seal that there is not is said now.
  if (order.seal !== undefined) await optimizer.sealSigner(sealNamed(order));
  const originals = await lookAtOriginals(folders, name, files);
  const created = await optimizer.create({
    identity,
    documents: files.map((file) => ({
      path: join(work, file),
      options: visible === undefined ? {} : { visible },
    })),
    profile: order.profile ?? info.profiles[0]?.id ?? '',
    registrationAuthority: authority,
    deliverTo: order.seal === undefined ? join(work, 'signed') : unsealedFolder(work),
    ...(level === undefined ? {} : { level }),
    ...(organisation === undefined ? {} : { organisation }),
  });
  await folders.writeNote(name, TRANSACTION, created.id);
  await noteOriginals(folders, name, originals);
  return created;
}

interface Job {
  readonly name: string;
  readonly order: FileOrder;
  /** Its documents in `work`. */
  readonly files: readonly string[];
  readonly codeFile?: string | undefined;
}

async function goOn(
  { optimizer }: CommandStation,
  folders: WatchedFolders,
  job: Job,
  transaction: Transaction,
): Promise<JobOutcome> {
  const { name, files } = job;
  const { id } = transaction;
  if (CAN_BE_CANCELLED.includes(transaction.state)) {
    // Before a code is sent: what was imported is what arrived, and nobody is writing to it any more.
    const [file] = await changedOriginals(folders, name, files, transaction);
    if (file !== undefined) throw new OssError('OSS_FILE_CHANGED', { file });
  }
  if ((await optimizer.get(id)).state === 'created') await optimizer.register(id);
  if ((await optimizer.get(id)).state === 'registered') await optimizer.prepare(id);
  if ((await optimizer.get(id)).state === 'prepared') await optimizer.confirmReview(id);
  const { state } = await optimizer.get(id);
  if (['reviewed', 'otpSent', 'signing'].includes(state)) {
    const waiting = await authorise(optimizer, folders, job, id);
    if (waiting) return waiting;
  }
  if ((await optimizer.get(id)).state === 'signed') {
    const reports = await optimizer.deliver(id);
    await folders.writeNote(name, 'verification.json', JSON.stringify(reports, null, 2));
  }
  const ended = await optimizer.get(id);
  const sealed =
    job.order.seal === undefined
      ? undefined
      : await sealOrder(optimizer, folders, { name, order: job.order, signed: ended });
  if (sealed) {
    const reports = [];
    for (const path of sealed.delivered ?? []) reports.push(await optimizer.verify(path));
    await folders.writeNote(name, 'verification.json', JSON.stringify(reports, null, 2));
  }
  await folders.removeNote(name, ATTEMPTS);
  const changed: string[] = [];
  for (const file of await changedOriginals(folders, name, files, ended))
    changed.push(await folders.setAside(name, file));
  if (changed.length > 0) await folders.writeNote(name, 'changed.json', JSON.stringify(changed));
  const records = await optimizer.evidence(id);
  if (sealed) records.push(...(await optimizer.evidence(sealed.id)));
  await folders.writeNote(name, 'evidence.json', exportedRecords(records));
  const folder = await folders.end(name, 'done');
  return { name, outcome: 'done', folder, ...(changed.length > 0 && { changed }) };
}

/** Signs with what the order or its code file says; without either, or after a wrong code, it waits. */
async function authorise(
  optimizer: Optimizer,
  folders: WatchedFolders,
  { name, order: { authorisation }, codeFile }: Job,
  id: string,
): Promise<JobOutcome | undefined> {
  const { state, otp } = await optimizer.get(id);
  if (authorisation) {
    if (authorisation.type === 'otp' && state === 'reviewed') await optimizer.sendCode(id);
    await optimizer.sign(id, authorisation);
    return undefined;
  }
  const code = codeFile === undefined ? undefined : await codeOf(folders, codeFile);
  const sent = state === 'reviewed' || otp === undefined ? await optimizer.sendCode(id) : otp;
  if (code !== undefined) {
    try {
      await optimizer.sign(id, code);
      return undefined;
    } catch (thrown) {
      const mayTryAgain = (await optimizer.get(id)).state === 'otpSent';
      if (toOssError(thrown).code !== 'OSS_OTP_REFUSED' || !mayTryAgain) throw thrown;
    }
  }
  const { reference, expiresAt } = sent;
  await folders.writeNote(name, 'waiting.json', JSON.stringify({ reference, until: expiresAt }));
  return { name, outcome: 'waiting', reference, transaction: id };
}

/** Undefined for a file without digits: it is no try, and the right one may still come. */
async function codeOf(folders: WatchedFolders, file: string): Promise<Authorisation | undefined> {
  const code = await folders.takeCode(file);
  return /^\d{4,10}$/.test(code) ? { type: 'otp', code } : undefined;
}

/** An order that failed is not signed later behind anybody's back. */
async function giveUp({ optimizer }: CommandStation, folders: WatchedFolders, name: string): Promise<void> {
  const id = await folders.readNote(name, TRANSACTION);
  if (id === undefined) return;
  try {
    if (CAN_BE_CANCELLED.includes((await optimizer.get(id)).state)) await optimizer.cancel(id);
  } catch (error) {
    // What is not there any more cannot be signed either.
    if (!(error instanceof OssError) || !GONE.includes(error.code)) throw error;
  }
}
