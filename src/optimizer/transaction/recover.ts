import { resolve } from 'node:path';
import type { OssError } from '../../contract/errors.ts';
import type { WorkOptions } from '../progress.ts';
import type { StepContext } from './context.ts';
import { deliverTransaction } from './deliver.ts';
import { settleSigning } from './sign.ts';
import { slotOf } from './slots.ts';

/** A transaction that was never registered is given up after a day: its clerk is not coming back to it. */
const UNREGISTERED_LIFETIME_MS = 24 * 60 * 60 * 1000;

export interface ResumeOptions extends WorkOptions {
  /** Told of each transaction that could not go on, and why. */
  readonly onStanding?: (id: string, error: OssError) => void;
  /** Another folder for what is signed, where the one of the transaction cannot be used any more. */
  readonly deliverTo?: string;
  /** Opens protected documents; it was forgotten with the process that was given it. */
  readonly password?: string;
}

/** Brings one open transaction as far as it goes without a person: settle, deliver, or expire. */
export async function recoverTransaction(context: StepContext, work: ResumeOptions): Promise<void> {
  const { journal, vault, now } = context;
  if (['signing', 'signed'].includes(journal.transaction.state)) await equip(context, work);
  if (journal.transaction.state === 'signing') await settleSigning(context, work);
  if (journal.transaction.state === 'signed') {
    await deliverTransaction(context, work);
    return;
  }
  const { id, state, createdAt, registration } = journal.transaction;
  const end = registration
    ? Date.parse(registration.expiresAt)
    : Date.parse(createdAt) + UNREGISTERED_LIFETIME_MS;
  if (now().getTime() <= end || state === 'signing') return;
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
