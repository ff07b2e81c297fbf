import { isErrorCode } from '../../contract/errors.ts';
import type { Follow, TransactionView } from '../../contract/ipc/transactions.ts';
import { fullNameOf, maskPhone } from '../../contract/model/identity.ts';
import { USUAL_LEVEL } from '../../contract/model/signature-level.ts';
import type { Transaction } from '../../contract/model/transaction.ts';

/**
 * Who goes on. What the signer agreed to in the application, or what it sent as a mere fingerprint, cannot be
 * read at the desk and is completed where it began.
 */
function applicationOf({ officer, documents, hashes = [], contents }: Transaction) {
  // Transactions of the desk name no officer: theirs is that of the station.
  if (officer === undefined) return {};
  const next = (): NonNullable<TransactionView['application']>['next'] => {
    if (contents !== undefined || hashes.length > 0) return 'application';
    return documents.length === 0 ? 'documents' : 'desk';
  };
  return { application: { next: next() } };
}

/** What the clerk's window shows of a transaction: no id document, no address, the phone number masked. */
export function viewOf(transaction: Transaction, follow: Follow | undefined): TransactionView {
  const { id, state, identity, documents, failure, otp, delivered = [], createdAt, updatedAt } = transaction;
  return {
    id,
    state,
    signer: fullNameOf(identity),
    maskedPhone: maskPhone(identity.mobilePhone),
    createdAt,
    updatedAt,
    documents: documents.map(({ name, pages }) => ({ name, pages })),
    refused: (transaction.refused ?? []).map(({ document }) => document.name),
    deliveredTo: delivered,
    needsNetwork: transaction.levelIsUsual === true && transaction.level === USUAL_LEVEL.withoutData,
    ...(transaction.case !== undefined && { case: transaction.case }),
    ...(transaction.declined && { declined: true }),
    ...(otp && !otp.withoutReference && { reference: otp.reference }),
    ...(failure && isErrorCode(failure.code) && { failure: { code: failure.code } }),
    ...applicationOf(transaction),
    ...(follow && { follow }),
  };
}
