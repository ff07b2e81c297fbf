import { OssError } from '../../contract/errors.ts';
import { MAX_DOCUMENTS } from '../../contract/model/manifest.ts';
import type { ImportedDocument, Transaction } from '../../contract/model/transaction.ts';

/**
 * Each document and hash keeps one place in the vault for life, so that one can be taken out of a
 * transaction without touching the others.
 */
export const slotOf = (document: ImportedDocument, position: number): number => document.slot ?? position;

/** @throws OssError OSS_REQUEST_INVALID where the transaction is full */
export function freeSlot({ documents, hashes = [] }: Pick<Transaction, 'documents' | 'hashes'>): number {
  const taken = [...documents.map(slotOf), ...hashes.map(({ slot }) => slot)];
  if (taken.length >= MAX_DOCUMENTS) {
    throw new OssError('OSS_REQUEST_INVALID', {
      reason: `a transaction has at most ${MAX_DOCUMENTS} documents`,
    });
  }
  return Math.max(-1, ...taken) + 1;
}
