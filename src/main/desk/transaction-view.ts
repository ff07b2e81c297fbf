import { isErrorCode } from '../../contract/errors.ts';
import type { Follow, TransactionView } from '../../contract/ipc/transactions.ts';
import { fullNameOf, maskPhone } from '../../contract/model/identity.ts';
import type { Transaction } from '../../contract/model/transaction.ts';

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
    deliveredTo: delivered,
    ...(otp && { reference: otp.reference }),
    ...(failure && isErrorCode(failure.code) && { failure: { code: failure.code } }),
    ...(follow && { follow }),
  };
}
