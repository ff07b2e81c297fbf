import { toOssError } from '../../contract/errors.ts';
import type { CaseAttempt, CaseEvent, CaseRecord, CaseSigner } from '../../contract/model/case.ts';
import type { SealedRecord, TransactionEvidence } from '../../contract/model/evidence.ts';
import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';
import type { EvidenceStore } from '../evidence/evidence-store.ts';

export interface SettledTransactions {
  get(id: string): Promise<Transaction>;
  /** The sealed records of a transaction that has ended. */
  evidence(id: string): Promise<SealedRecord[]>;
}

export interface Settlement {
  readonly event: Omit<CaseEvent, 'at'>;
  apply(record: CaseRecord): CaseRecord;
}

/**
 * What became of the transactions that were under way when the record was written: by their sealed evidence, which
 * outlives them. One that never came to be (killed between the record and the transaction) is taken out again.
 */
export async function settleAttempts(
  record: CaseRecord,
  transactions: SettledTransactions,
  evidence: EvidenceStore,
): Promise<Settlement[]> {
  const settlements: Settlement[] = [];
  for (const [signer, person] of record.signers.entries()) {
    for (const { transaction, outcome } of person.attempts) {
      if (outcome !== undefined) continue;
      const found = await fateOf(transaction, transactions, evidence);
      if (found === 'open') continue;
      if (found === 'never') {
        settlements.push({
          event: { type: 'abandoned', signer, transaction },
          apply: (now) => replaced(now, signer, (attempts) => attempts.filter(isOther(transaction))),
        });
        continue;
      }
      const settled = settledAttempt(person, transaction, found);
      settlements.push({
        event: { type: 'settled', signer, transaction },
        apply: (now) =>
          replaced(now, signer, (attempts) =>
            attempts.map((attempt) => (isOther(transaction)(attempt) ? attempt : settled)),
          ),
      });
    }
  }
  return settlements;
}

const isOther =
  (transaction: string) =>
  (attempt: CaseAttempt): boolean =>
    attempt.transaction !== transaction;

const replaced = (
  record: CaseRecord,
  signer: number,
  change: (attempts: readonly CaseAttempt[]) => CaseAttempt[],
): CaseRecord => ({
  ...record,
  signers: record.signers.map((one, index) =>
    index === signer ? { ...one, attempts: change(one.attempts) } : one,
  ),
});

async function fateOf(
  id: string,
  transactions: SettledTransactions,
  evidence: EvidenceStore,
): Promise<SealedRecord | 'open' | 'never'> {
  try {
    const { state } = await transactions.get(id);
    if (!FINAL_STATES.includes(state)) return 'open';
    return (await transactions.evidence(id))[0] ?? 'open';
  } catch (thrown) {
    if (toOssError(thrown).code !== 'OSS_TRANSACTION_NOT_FOUND') throw thrown;
  }
  // Removed after the time of retention; its evidence stays.
  const [sequence] = await evidence.index.about(id);
  return sequence === undefined ? 'never' : evidence.read(sequence);
}

function settledAttempt(signer: CaseSigner, transaction: string, sealed: SealedRecord): CaseAttempt {
  const { content, sequence } = sealed.record;
  const told: TransactionEvidence | undefined = content.kind === 'transaction' ? content : undefined;
  return {
    transaction,
    outcome: told?.outcome ?? 'cancelled',
    record: { sequence, hash: sealed.hash },
    documents: (told?.documents ?? []).flatMap(({ refused, deliveredAs, result }, position) => {
      const document = signer.documents[position]?.document;
      if (document === undefined) return [];
      return [
        {
          document,
          ...(refused && { refused }),
          ...(deliveredAs !== undefined && { file: deliveredAs }),
          ...(result && { sha256: result.sha256 }),
        },
      ];
    }),
  };
}
