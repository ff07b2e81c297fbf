import { pagesIncomplete } from '../../contract/model/document-notes.ts';
import type { UserSpaceRectangle } from '../../contract/model/page-geometry.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { ReadableDocument } from '../../optimizer/index.ts';
import type { DocumentGrants } from '../documents/grants.ts';

/**
 * One document as the signer's window may load it: the contract first, where there is one, then the documents to sign.
 */
export interface CeremonyDocument {
  readonly id: string;
  readonly kind: 'contract' | 'document';
  readonly name: string;
  readonly bytes: number;
  readonly pages: number;
  /** Pages that no screen can show wholly, as far as the examination of the file says. */
  readonly incomplete?: readonly number[];
  readonly signature?: { readonly page: number; readonly rectangle: UserSpaceRectangle };
}

/** What a signer reads: files of the vault. */
interface Readable {
  readonly contract: (ReadableDocument & { readonly pages: number }) | undefined;
  readonly documents: readonly ReadableDocument[];
}

/** Grants the signer's window what it is to show, the contract first, and nothing else. */
export function grantCeremonyDocuments(
  grants: DocumentGrants,
  { contract, documents }: Readable,
  transaction: Pick<Transaction, 'documents'>,
): CeremonyDocument[] {
  const first = contract && {
    id: grants.grant(contract),
    kind: 'contract' as const,
    name: '',
    bytes: contract.bytes,
    pages: contract.pages,
  };
  return [
    ...(first ? [first] : []),
    ...documents.map((file, index): CeremonyDocument => {
      const { name = '', pages = 1, notes = [], options } = transaction.documents[index] ?? {};
      return {
        id: grants.grant(file),
        kind: 'document',
        name,
        bytes: file.bytes,
        pages,
        incomplete: pagesIncomplete(notes),
        ...(options?.visible && {
          signature: { page: options.visible.page, rectangle: options.visible.rectangle },
        }),
      };
    }),
  ];
}
