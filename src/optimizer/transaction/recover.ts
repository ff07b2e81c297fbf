import { resolve } from 'node:path';
import { OssError, toOssError } from '../../contract/errors.ts';
import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';
import { slotOf } from '../journal/slots.ts';
import type { WorkOptions } from '../progress.ts';
import { hasOtherTime, type StepContext, serviceTime } from './context.ts';
import { deliverTransaction } from './deliver.ts';
import { settleSigning } from './sign.ts';

/** A transaction that was never registered is given up after a day: its clerk is not coming back to it. */
const UNREGISTERED_LIFETIME_MS = 24 * 60 * 60 * 1000;
/** One crash may have been somebody else's fault. */
const MAX_ATTEMPTS = 2;

export interface ResumeOptions extends WorkOptions {
  /** Told of each transaction that could not go on, and why. */
  readonly onStanding?: (id: string, error: OssError) => void;
  /** Another folder for what is signed, where the one of the transaction cannot be used any more. */
  readonly deliverTo?: string;
  /** Opens protected documents; it was forgotten with the process that was given it. */
  readonly password?: string;
  /** A transaction that a person wants to be tried again, although it was set aside. */
  readonly again?: string;
}

/** Whether it is left to a person, because going on by itself failed too often. */
export const isSetAside = ({ recoveries = 0, state }: Transaction): boolean =>
  recoveries >= MAX_ATTEMPTS && !FINAL_STATES.includes(state);

/**
 * Brings one open transaction as far as it goes without a person: settle, deliver, or expire.
 * @throws OssError OSS_SET_ASIDE where that ended the process, or went beyond the bounds of a document, twice before
 */
export async function recoverTransaction(context: StepContext, work: ResumeOptions): Promise<void> {
  const { journal } = context;
  if (['signing', 'signed'].includes(journal.transaction.state)) await goOn(context, work);
  else await expire(context);
}

/** The attempt is on the disk before it begins: a process that it kills cannot write anything any more. */
async function goOn(context: StepContext, work: ResumeOptions): Promise<void> {
  const { journal } = context;
  const { id, documents, failure } = journal.transaction;
  if (isSetAside(journal.transaction) && work.again !== id) {
    const code = 'OSS_SET_ASIDE';
    if (failure?.code !== code) await journal.append({ type: 'failed', step: 'resume', code });
    throw new OssError(code, { transaction: id, documents: documents.map(({ name }) => name) });
  }
  await equip(context, work);
  await journal.append({ type: 'recovering' });
  try {
    if (journal.transaction.state === 'signing') await settleSigning(context, work);
    if (journal.transaction.state === 'signed') await deliverTransaction(context, work);
  } catch (thrown) {
    const { code } = toOssError(thrown);
    if (isOfTheDocument(code)) await journal.append({ type: 'failed', step: 'resume', code });
    else await journal.append({ type: 'recovered' });
    throw thrown;
  }
  if (!FINAL_STATES.includes(journal.transaction.state)) await journal.append({ type: 'recovered' });
}

/** What would happen again, however often it is tried; a service that was away is not counted. */
const isOfTheDocument = (code: string): boolean => code.startsWith('OSS_WORK_') || code === 'OSS_INTERNAL';

async function expire(context: StepContext): Promise<void> {
  const { journal, vault } = context;
  const { id, createdAt, registration } = journal.transaction;
  const end = registration
    ? Date.parse(registration.expiresAt)
    : Date.parse(createdAt) + UNREGISTERED_LIFETIME_MS;
  if (serviceTime(context).getTime() <= end) return;
  // It is the service that knows it as expired: a clock that is ahead ends nothing before its time.
  if (registration && (await hasOtherTime(context)) && serviceTime(context).getTime() <= end) return;
  await journal.append({ type: registration ? 'expired' : 'cancelled' });
  await vault.purgeDocuments(id);
}

async function equip(
  { journal, memory }: StepContext,
  { deliverTo, password }: ResumeOptions,
): Promise<void> {
  const folder = deliverTo === undefined ? undefined : resolve(deliverTo);
  if (folder !== undefined && folder !== journal.transaction.deliverTo)
    await journal.append({ type: 'redirected', deliverTo: folder });
  if (password === undefined) return;
  for (const [index, document] of journal.transaction.documents.entries()) {
    const slot = slotOf(document, index);
    if (!memory.passwords.has(slot)) memory.passwords.set(slot, password);
  }
}
