import type { ImportedHash } from '../../contract/model/transaction.ts';
import { freeSlot } from '../journal/slots.ts';
import type { WorkOptions } from '../progress.ts';
import type { StepContext } from './context.ts';
import { importDocument, type NewDocument } from './create.ts';
import { contentsOf } from './manifest-of.ts';

/**
 * Adds a document to a transaction that was opened before its documents were known. Whatever was prepared,
 * reviewed or sent a code for is void: it was about other documents.
 * @returns the slot that names it from now on
 * @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND, OSS_REQUEST_INVALID, OSS_TRANSACTION_STATE
 */
export async function addDocument(
  context: StepContext,
  document: NewDocument,
  work: WorkOptions = {},
): Promise<number> {
  const { vault, journal } = context;
  const { transaction } = journal;
  const slot = freeSlot(transaction);
  // A process killed while it copied may have left a part behind.
  await vault.clearSlot(transaction.id, slot);
  const path = vault.documentPath(transaction.id, slot);
  const imported = await importDocument(
    context,
    path,
    document,
    { slot, of: transaction.documents.length + 1, level: transaction.level },
    work,
  );
  await journal.append({ type: 'documentAdded', document: { ...imported, slot } });
  return slot;
}

/** Adds a digest whose content stays elsewhere. @returns its slot @throws as `addDocument` */
export async function addHash({ journal }: StepContext, hash: Omit<ImportedHash, 'slot'>): Promise<number> {
  const slot = freeSlot(journal.transaction);
  await journal.append({ type: 'hashAdded', hash: { ...hash, slot } });
  return slot;
}

/** Takes a document or a hash out, its copy in the vault too. @throws OssError OSS_TRANSACTION_STATE */
export async function removeSlot({ vault, journal, memory }: StepContext, slot: number): Promise<void> {
  await journal.append({ type: 'slotRemoved', slot });
  memory.prefixHashes.delete(slot);
  memory.passwords.delete(slot);
  await vault.clearSlot(journal.transaction.id, slot);
}

/**
 * The signer agreed, in another application, to what the transaction now holds; a code asked for after this
 * is bound to these contents. Agreeing again to the same keeps a code that is on its way.
 * @throws OssError OSS_TRANSACTION_STATE without a document, or when it is too late
 */
export async function agreeToContents({ journal }: StepContext): Promise<void> {
  const contents = contentsOf(journal.transaction);
  const { contents: earlier, state } = journal.transaction;
  if (earlier?.join() === contents.join() && ['reviewed', 'otpSent'].includes(state)) return;
  await journal.append({ type: 'contentsAgreed', contents });
}
