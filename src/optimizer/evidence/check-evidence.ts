import { CHAIN_START } from '../../base/hash-chain.ts';
import { toOssError } from '../../contract/errors.ts';
import { type EvidenceStore, hashOfRecord } from './evidence-store.ts';
import { isProven } from './log-evidence.ts';

/** Why the evidence cannot be relied on, and from which record on. */
export interface EvidenceFault {
  readonly sequence: number;
  readonly fault:
    | 'missing'
    | 'unreadable'
    | 'altered'
    | 'out-of-order'
    | 'cut-off'
    | 'not-as-journalled'
    | 'not-in-the-log';
}

/** A record as a transaction's own journal remembers it. */
export interface JournalledSeal {
  readonly sequence: number;
  readonly hash: string;
}

export interface EvidenceCheck {
  readonly records: number;
  readonly faults: readonly EvidenceFault[];
}

/**
 * Follows the whole chain: every hash is computed again and compared with the record that follows it, with the
 * head, and with what the journals of the transactions remember. Proofs of the transparency log are checked too.
 * @param logKey the key that it must have; without it the one that the service named
 */
export async function checkEvidence(
  store: EvidenceStore,
  journalled: readonly JournalledSeal[],
  logKey?: string,
): Promise<EvidenceCheck> {
  const faults: EvidenceFault[] = [];
  const sequences = await store.sequences();
  const head = await store.head().catch(() => undefined);
  const last = Math.max(sequences.at(-1) ?? 0, head?.sequence ?? 0);
  const hashes = new Map([[0, CHAIN_START]]);
  let previous: string | undefined = CHAIN_START;
  for (let sequence = 1; sequence <= last; sequence++) {
    const { hash, fault } = await checkRecord(store, sequence, previous, logKey);
    if (fault) faults.push({ sequence, fault });
    if (hash !== undefined) hashes.set(sequence, hash);
    previous = hash;
  }
  // One more than the head says: the station was killed before it could say so.
  const isHeadRight = head && last - head.sequence <= 1 && hashes.get(head.sequence) === head.hash;
  if (last > 0 && !isHeadRight && !faults.some(({ sequence }) => sequence === last)) {
    faults.push({ sequence: last, fault: 'cut-off' });
  }
  for (const { sequence, hash } of journalled) {
    const isKnown = faults.some((found) => found.sequence === sequence);
    if (!isKnown && hashes.get(sequence) !== hash) faults.push({ sequence, fault: 'not-as-journalled' });
  }
  return { records: sequences.length, faults };
}

/** `previous`: undefined where the record before cannot tell. */
async function checkRecord(
  store: EvidenceStore,
  sequence: number,
  previous: string | undefined,
  logKey: string | undefined,
): Promise<{ hash?: string; fault?: EvidenceFault['fault'] }> {
  try {
    const { record, hash } = await store.read(sequence);
    if (hashOfRecord(record) !== hash) return { hash, fault: 'altered' };
    if (record.sequence !== sequence || (previous !== undefined && record.previousHash !== previous)) {
      return { hash, fault: 'out-of-order' };
    }
    const { content } = record;
    if ('log' in content && content.log && !isProven(content.log, logKey))
      return { hash, fault: 'not-in-the-log' };
    return { hash };
  } catch (thrown) {
    const { code } = toOssError(thrown);
    if (code === 'OSS_EVIDENCE_NOT_FOUND') return { fault: 'missing' };
    if (code === 'OSS_EVIDENCE_DAMAGED') return { fault: 'unreadable' };
    throw thrown;
  }
}
