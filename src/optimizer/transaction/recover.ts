import type { WorkOptions } from '../progress.ts';
import type { StepContext } from './context.ts';
import { deliverTransaction } from './deliver.ts';
import { settleSigning } from './sign.ts';

/** A transaction that was never registered is given up after a day: its clerk is not coming back to it. */
const UNREGISTERED_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Brings one open transaction as far as it goes without a person: settle, deliver, or expire. */
export async function recoverTransaction(context: StepContext, work: WorkOptions): Promise<void> {
  const { journal, vault, now } = context;
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
