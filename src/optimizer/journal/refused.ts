import type { ImportedDocument, PreparedDocument, Transaction } from '../../contract/model/transaction.ts';
import { slotOf } from './slots.ts';

interface Listed {
  readonly document: ImportedDocument;
  readonly prepared: PreparedDocument | undefined;
  readonly isRefused: boolean;
}

/** All documents as they were handed over, also those that the signer refused, in their order. */
export function allDocuments({ documents, prepared, refused = [] }: Transaction): readonly Listed[] {
  const all: Listed[] = documents.map((document, index) => ({
    // Places in the vault do not shift with the positions.
    document: refused.length > 0 ? { ...document, slot: slotOf(document, index) } : document,
    prepared: prepared?.[index],
    isRefused: false,
  }));
  for (const one of [...refused].sort((a, b) => a.position - b.position))
    all.splice(one.position, 0, { document: one.document, prepared: one.prepared, isRefused: true });
  return all;
}

/** Positions, among all documents, of those that are to be signed. */
export const positionsToSign = (transaction: Transaction): readonly number[] =>
  allDocuments(transaction).flatMap(({ isRefused }, position) => (isRefused ? [] : [position]));

/** The transaction without the documents of these positions; those that were refused before come back. */
export function withRefused(transaction: Transaction, positions: readonly number[]): Partial<Transaction> {
  const all = allDocuments(transaction).map(({ document, prepared }, position) => ({
    position,
    document: { ...document, slot: slotOf(document, position) },
    prepared,
  }));
  const kept = all.filter(({ position }) => !positions.includes(position));
  const refused = all.filter(({ position }) => positions.includes(position));
  return {
    documents: kept.map(({ document }) => document),
    refused: refused.map(({ prepared, ...one }) => ({ ...one, ...(prepared && { prepared }) })),
    ...(transaction.prepared && { prepared: kept.flatMap(({ prepared }) => prepared ?? []) }),
  };
}
