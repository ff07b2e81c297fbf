import { toOssError } from '../../contract/errors.ts';
import { FINAL_STATES } from '../../contract/model/transaction.ts';
import type { Journal } from '../journal/journal.ts';

/** The record says which step failed and why; the state stays, so that the step can be tried again. */
export async function noteFailure(journal: Journal, step: string, error: unknown): Promise<void> {
  const { code } = toOssError(error);
  // `sign` keeps its own record, and a step at the wrong time is no failure of the transaction.
  const silent = ['sign', 'resume', 'act', 'evidence'].includes(step) || code === 'OSS_TRANSACTION_STATE';
  if (!silent && !FINAL_STATES.includes(journal.transaction.state)) {
    // A full disk takes no note of it either; what is thrown is why the step failed.
    await journal.append({ type: 'failed', step, code }).catch(() => undefined);
  }
}
