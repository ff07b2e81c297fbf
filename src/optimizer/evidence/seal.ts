import { FINAL_STATES } from '../../contract/model/transaction.ts';
import type { Journal } from '../journal/journal.ts';
import { addendumOf, evidenceOf } from './content.ts';
import type { EvidenceStore } from './evidence-store.ts';

/**
 * Seals the evidence of a transaction that has ended, and of what happened since its record was sealed. What is
 * sealed is in the journal: done again, at any time, it does nothing twice.
 * @throws OssError OSS_EVIDENCE_NOT_WRITTEN, OSS_EVIDENCE_DAMAGED
 */
export async function sealEvidence(store: EvidenceStore, journal: Journal, now: () => Date): Promise<void> {
  const { transaction, entries } = journal;
  if (!FINAL_STATES.includes(transaction.state)) return;
  const sealed = entries.findLastIndex(({ event }) => event.type === 'sealed') + 1;
  const content =
    sealed === 0 ? evidenceOf(transaction, entries) : addendumOf(transaction.id, entries.slice(sealed));
  if (!content) return;
  const { record, hash } = await store.append(content, entries.length, now);
  await journal.append({ type: 'sealed', sequence: record.sequence, hash });
}

/** Numbers of the records about this transaction, oldest first. */
export const sealedSequences = ({ entries }: Journal): number[] =>
  entries.flatMap(({ event }) => (event.type === 'sealed' ? [event.sequence] : []));
