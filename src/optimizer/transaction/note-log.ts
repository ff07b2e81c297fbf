import { setTimeout as pause } from 'node:timers/promises';
import type { LogEvidence } from '../../contract/model/evidence.ts';
import { digestsOf, type LoggedDigests, logEvidenceOf } from '../evidence/log-evidence.ts';
import type { Journal } from '../journal/journal.ts';
import { storedResponseSchema } from '../signing-service/stored-response.ts';
import type { StepContext } from './context.ts';

/** An entry has its place within a tenth of a second; nobody at a desk waits longer than this for one that has not. */
const PATIENCE_MS = 1000;
const AGAIN_MS = 100;

/**
 * Writes down what the transparency log of the service proves of this signature, before its evidence is sealed. A log
 * that cannot be asked keeps nothing from being delivered: what is missing is said, and added by `completeLog`.
 */
export async function noteLog(context: StepContext): Promise<void> {
  const { vault, journal } = context;
  const { id } = journal.transaction;
  const stored = storedResponseSchema.safeParse(await vault.readResponse(id));
  if (!stored.success) return;
  const log = await askedLog(context, digestsOf(stored.data));
  if (log !== undefined) await journal.append({ type: 'logged', log });
}

/** Whether something of the log was not there when the evidence was sealed. */
export const awaitsLog = (journal: Journal): boolean =>
  journal.transaction.state === 'delivered' &&
  latestLog(journal)?.acts.some(({ state }) => state === 'awaited') === true;

/** Adds what the log proves meanwhile of a transaction that was delivered. */
export async function completeLog(context: StepContext): Promise<void> {
  const former = latestLog(context.journal);
  const log = former && (await askedLog(context, former.acts));
  if (log?.acts.every(({ state }) => state !== 'awaited')) {
    await context.journal.append({ type: 'logged', log });
  }
}

function latestLog({ entries }: Journal): LogEvidence | undefined {
  const event = entries.findLast((entry) => entry.event.type === 'logged')?.event;
  return event?.type === 'logged' ? event.log : undefined;
}

/** Asks until all of it has its place, or nobody waits any more; undefined where there is no log. */
async function askedLog(
  { service, journal }: StepContext,
  digests: LoggedDigests,
): Promise<LogEvidence | undefined> {
  const { registration } = journal.transaction;
  if (service.logEntries === undefined || registration === undefined) return undefined;
  const end = performance.now() + PATIENCE_MS;
  let log: LogEvidence | undefined;
  do {
    if (log !== undefined) await pause(AGAIN_MS);
    const asked = service.logEntries(registration.requestId);
    const entries = await within(end - performance.now(), asked);
    if (entries === undefined) return log;
    log = logEvidenceOf(
      entries,
      digests.map(({ act, digest }) => ({ act, digest })),
    );
  } while (log.acts.some(({ state }) => state === 'awaited') && performance.now() < end);
  return log;
}

/** Undefined for a failure, and for what takes longer. */
async function within<T>(milliseconds: number, asked: Promise<T>): Promise<T | undefined> {
  const late = new AbortController();
  try {
    const tooLate = pause(Math.max(milliseconds, 1), undefined, { signal: late.signal });
    return await Promise.race([asked, tooLate]);
  } catch {
    return undefined;
  } finally {
    late.abort();
  }
}
