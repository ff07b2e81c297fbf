import { OssError } from '../../contract/errors.ts';
import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';
import { RecoverySummary } from '../../optimizer/index.ts';
import type { ApiRequestRecord } from '../store/records.ts';
import { type ApiCore, keyOfRequest } from './api-core.ts';
import { resumeOrders } from './asynchronous-signing.ts';
import { resumeSealing } from './countersignature.ts';
import { endTransaction, finishRemoval } from './end-request.ts';
import { forgetRequest } from './forget-request.ts';
import { settledState } from './request-state.ts';
import { noteState } from './state-changes.ts';
import { removeStrayFiles, withoutStrays } from './stray-slots.ts';
import { requestOf, withoutRequest } from './without-request.ts';

/** What an earlier process left is being brought to its end. */
export interface Recovery {
  /** Resolves when all is done, or stands and was logged. */
  readonly done: Promise<void>;
  /** What is not done stays for the next start. */
  stop(): void;
}

/**
 * After a restart: drops what no client was ever told of, brings transactions and records together again, and
 * goes on with what was promised. Calls can be answered as soon as this has begun: one order that takes long keeps no
 * other waiting, and calls for a request wait for their turn behind its own recovery.
 * @param onRecovered told once what was found and what came of it
 * @param madeAgain names of indexes that were damaged
 */
export async function beginRecovery(
  core: ApiCore,
  onRecovered: (line: string, hasSetAside: boolean) => void,
  madeAgain: readonly string[] = [],
): Promise<Recovery> {
  const summary = new RecoverySummary(madeAgain);
  core.store.onDamage((name) => {
    const damage = new OssError('OSS_RECORD_DAMAGED');
    core.log(`record set aside: ${name}`, damage);
    summary.noteStanding(name, damage);
  });
  // Before there is a new upload that could be taken for an old one.
  await core.files.dropUnfinished();
  // Before a call can begin one.
  const strays = await withoutRequest(core).catch((thrown: unknown): string[] => {
    core.log('looking for what no request has', thrown);
    return [];
  });
  const stopped = new AbortController();
  // Without those whose clients know the last state: they are most of what ten years leave.
  const records = core.requests.unsettled();
  const isOpen = (record: ApiRequestRecord): boolean =>
    record.acknowledged && !record.removed && settledState(record) === undefined;
  const open = records
    .filter(isOpen)
    .map((record) =>
      core.turns.run(keyOfRequest(record.pk), () => standing(core, record.pk, reconcile(core, record))),
    );
  const goOn = async (): Promise<void> => {
    const transactions = await core.optimizer.resume({
      signal: stopped.signal,
      onStanding(id, error) {
        core.log(`transaction ${id} after the restart`, error);
        summary.noteStanding(id, error);
      },
    });
    await Promise.all(open);
    // Those that no client asks for.
    for (const record of records) {
      if (isOpen(record) || stopped.signal.aborted) continue;
      if (!record.acknowledged) summary.noteDropped();
      await standing(core, record.pk, bringUpToDate(core, record));
    }
    for (const id of strays) {
      if (stopped.signal.aborted) break;
      summary.noteDropped();
      await endTransaction(core, id).catch((thrown: unknown) =>
        core.log(`transaction ${id} after the restart`, thrown),
      );
    }
    for (const { pk } of records.filter(isOpen)) {
      if (stopped.signal.aborted) return;
      await core.turns.run(keyOfRequest(pk), () => standing(core, pk, resumeSealing(core, pk)));
    }
    if (stopped.signal.aborted) return;
    resumeOrders(core);
    onRecovered(summary.line(transactions), summary.hasSetAside);
  };
  const done = goOn().catch((thrown: unknown) => core.log('recovery after the restart', thrown));
  return { done, stop: () => stopped.abort() };
}

/** A record that cannot be brought up to date keeps no other from it. */
async function standing({ log }: ApiCore, pk: number, step: Promise<void>): Promise<void> {
  await step.catch((thrown: unknown) => log(`request ${pk} after the restart`, thrown));
}

async function bringUpToDate(core: ApiCore, record: ApiRequestRecord): Promise<void> {
  if (!record.acknowledged) await drop(core, record);
  else if (record.removed) await finishRemoval(core, record.pk, record.transactionId);
}

async function drop(core: ApiCore, { pk, transactionId }: ApiRequestRecord): Promise<void> {
  if (transactionId !== undefined) await endTransaction(core, transactionId);
  await forgetRequest(core, pk);
}

/** A process killed within an upload may have taken in a document that was never acknowledged. */
async function reconcile(core: ApiCore, { pk, transactionId }: ApiRequestRecord): Promise<void> {
  await removeStrayFiles(core, pk);
  if (transactionId === undefined) return;
  noteState(core, pk, await withoutStrays(core, pk, await core.optimizer.get(transactionId)));
}

/** What keeps records in step with transactions. */
interface Following {
  /** Notes the changes that could not be written down when they happened. */
  catchUp(): void;
  stop(): void;
}

/**
 * Keeps the told state of each request in step with its transaction, no matter who changes it. What a full disk
 * refuses is no failure of the step that changed it: it is noted, and told, as soon as there is room.
 */
export function followTransactions(core: ApiCore): Following {
  const missed = new Map<number, Transaction>();
  const note = (pk: number, transaction: Transaction): void => {
    if (core.records.requests.get(keyOfRequest(pk))) noteState(core, pk, transaction);
    missed.delete(pk);
  };
  const stop = core.optimizer.onChange((transaction) => {
    const pk = requestOf(transaction);
    if (pk === undefined) return;
    try {
      note(pk, transaction);
    } catch (thrown) {
      missed.set(pk, transaction);
      core.log(`state of request ${pk}, noted later`, thrown);
    }
    if (!FINAL_STATES.includes(transaction.state)) return;
    core.accounts
      .forget(transaction.officer ?? '')
      .catch((thrown: unknown) => core.log('removing the credentials of an ended request', thrown));
  });
  const catchUp = (): void => {
    try {
      for (const [pk, transaction] of missed) note(pk, transaction);
    } catch {
      // As before: it was logged then, and is tried again.
    }
  };
  return { stop, catchUp };
}
