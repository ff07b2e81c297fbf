import { access, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { DocumentKind } from '../../contract/optimizer-api/index.ts';
import { slotOf } from '../../optimizer/index.ts';
import type { ApiRequestRecord, DocumentRecord } from '../store/records.ts';
import { type ApiCore, keyOfDocument } from './api-core.ts';
import type { FileOutcome } from './outcome.ts';
import { Refusal } from './refusal.ts';
import { stateOf } from './request-state.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const NOT_FOUND = 'Document not found';

/**
 * The original or the signed file. Without a kind it is the signed one where there is one.
 * @throws Refusal 404
 */
export async function fileOf(
  core: ApiCore,
  record: ApiRequestRecord,
  uid: string,
  kind: DocumentKind | undefined,
): Promise<FileOutcome> {
  const document = core.records.documents.get(keyOfDocument(record.pk, uid));
  const transactions = await transactionsOf(core, record);
  if (document) {
    const kinds = kind === undefined ? (['signed', 'original'] as const) : [kind];
    for (const wanted of kinds) {
      const path = pathOf(core, document, transactions, wanted);
      if (path !== undefined && (await exists(path))) return describe(path, document, wanted);
    }
  }
  throw new Refusal(404, NOT_FOUND);
}

function describe(path: string, document: DocumentRecord, kind: DocumentKind): FileOutcome {
  const gone = NOT_FOUND;
  if (kind === 'original') return { path, gone, mediaType: document.mime, filename: document.filename };
  const mediaType = document.kind === 'pdf' ? 'application/pdf' : 'application/pkcs7-mime';
  return { path, gone, mediaType, filename: basename(path) };
}

interface RequestTransactions {
  readonly signed: Transaction | undefined;
  /** Of the seal over the signature, once that is there. */
  readonly sealed: Transaction | undefined;
  /** Uids of what was sealed, in the order of its transaction. */
  readonly sealedUids: readonly string[];
}

function pathOf(
  { files }: ApiCore,
  document: DocumentRecord,
  { signed, sealed, sealedUids }: RequestTransactions,
  kind: DocumentKind,
): string | undefined {
  if (kind === 'original') return files.documentPath(document.pk, document.uid, document.ext);
  const withSeal = sealed?.delivered?.[sealedUids.indexOf(document.uid)];
  return withSeal ?? (signed && signedPathOf(document, signed));
}

/** What was delivered lies in the order of the manifest: documents first, then hashes. */
export function signedPathOf(document: DocumentRecord, transaction: Transaction): string | undefined {
  const { documents, hashes = [], delivered = [] } = transaction;
  const position =
    document.kind === 'pdf'
      ? documents.findIndex((entry, index) => slotOf(entry, index) === document.slot)
      : documents.length + hashes.findIndex(({ slot }) => slot === document.slot);
  return delivered[position];
}

/**
 * Removes one file for good. An original of a request that is not signed is taken out of what will be signed.
 * @throws Refusal 404
 */
export async function deleteFile(
  core: ApiCore,
  record: ApiRequestRecord,
  uid: string,
  kind: DocumentKind,
): Promise<void> {
  const key = keyOfDocument(record.pk, uid);
  const document = core.records.documents.get(key);
  const transactions = await transactionsOf(core, record);
  const { signed: transaction } = transactions;
  const path = document && pathOf(core, document, transactions, kind);
  if (!document || path === undefined || !(await exists(path))) {
    throw new Refusal(404, `Document not found with uid ${uid.slice(0, 64)} and type ${kind}`);
  }
  if (transaction && stateOf(record, transaction) === 'ENROLLREADY') {
    await core.optimizer.removeSlot(transaction.id, document.slot);
  }
  await rm(path, { force: true });
  const other = pathOf(core, document, transactions, kind === 'signed' ? 'original' : 'signed');
  if (other === undefined || !(await exists(other))) core.records.documents.remove(key);
}

/** Removes original and signed file of one document. @throws Refusal 404 */
export async function deleteDocument(core: ApiCore, record: ApiRequestRecord, uid: string): Promise<void> {
  const document = core.records.documents.get(keyOfDocument(record.pk, uid));
  if (!document) throw new Refusal(404, `Document not found with uid ${uid.slice(0, 64)}`);
  await removeDocument(core, record, document, await transactionsOf(core, record));
}

/** Removes originals and signed files of a request. @throws Refusal 404 where it has none */
export async function deleteAllFiles(core: ApiCore, record: ApiRequestRecord): Promise<void> {
  const documents = core.records.documents.list(`${record.pk}/`);
  if (documents.length === 0) throw new Refusal(404, 'No documents found for specified Request');
  const transactions = await transactionsOf(core, record);
  for (const document of documents) await removeDocument(core, record, document, transactions);
}

async function removeDocument(
  core: ApiCore,
  record: ApiRequestRecord,
  document: DocumentRecord,
  transactions: RequestTransactions,
): Promise<void> {
  const { signed: transaction } = transactions;
  if (transaction && stateOf(record, transaction) === 'ENROLLREADY') {
    await core.optimizer.removeSlot(transaction.id, document.slot);
  }
  for (const kind of ['signed', 'original'] as const) {
    const path = pathOf(core, document, transactions, kind);
    if (path !== undefined) await rm(path, { force: true });
  }
  core.records.documents.remove(keyOfDocument(record.pk, document.uid));
}

async function transactionsOf(
  { optimizer }: ApiCore,
  { transactionId, countersignature }: ApiRequestRecord,
): Promise<RequestTransactions> {
  const isSealed = countersignature?.done === true;
  return {
    signed: transactionId === undefined ? undefined : await optimizer.get(transactionId),
    sealed: isSealed ? await optimizer.get(countersignature.transactionId) : undefined,
    sealedUids: isSealed ? countersignature.documents.map(({ uid }) => uid) : [],
  };
}
