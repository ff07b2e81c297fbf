import { OssError } from '../../contract/errors.ts';
import { FINAL_STATES, type Transaction, type TransactionState } from '../../contract/model/transaction.ts';
import type { JournalEntry, TransactionEvent } from './events.ts';

/**
 * From which states each event may follow: the state machine of the station. A code may be asked for
 * again (and the documents prepared again) until the signature exists.
 */
const ALLOWED: Readonly<Record<Exclude<TransactionEvent['type'], 'created'>, readonly TransactionState[]>> = {
  registering: ['created'],
  registered: ['created'],
  prepared: ['registered', 'prepared', 'reviewed', 'otpSent'],
  reviewed: ['prepared', 'reviewed'],
  codeRequesting: ['reviewed', 'otpSent'],
  codeSent: ['reviewed', 'otpSent'],
  signing: ['otpSent', 'reviewed', 'signing'],
  refused: ['signing'],
  signed: ['signing'],
  sourceAsked: ['signed'],
  augmented: ['signed'],
  delivered: ['signed'],
  failed: ['created', 'registered', 'prepared', 'reviewed', 'otpSent', 'signing', 'signed'],
  cancelled: ['created', 'registered', 'prepared', 'reviewed', 'otpSent', 'signing', 'signed'],
  expired: ['registered', 'prepared', 'reviewed', 'otpSent', 'signing'],
  act: ['prepared', 'reviewed', 'otpSent', 'signing', 'signed', 'delivered', 'cancelled', 'expired'],
  issued: ['signing'],
  verified: ['signed'],
  sealed: FINAL_STATES,
};

/** @throws OssError OSS_TRANSACTION_STATE when the event is not possible in this state. */
export function assertAllowed(
  state: TransactionState,
  type: Exclude<TransactionEvent['type'], 'created'>,
): void {
  if (!ALLOWED[type].includes(state)) {
    throw new OssError('OSS_TRANSACTION_STATE', { reason: `it is ${state}`, state, step: type });
  }
}

/** Folds one journal entry into the record. Pure: the same journal always gives the same record. */
export function reduce(transaction: Transaction | undefined, { at, event }: JournalEntry): Transaction {
  if (event.type === 'created') {
    if (transaction) throw new OssError('OSS_JOURNAL_DAMAGED');
    const { type: _, ...created } = event;
    return { ...created, state: 'created', createdAt: at, updatedAt: at };
  }
  if (!transaction) throw new OssError('OSS_JOURNAL_DAMAGED');
  assertAllowed(transaction.state, event.type);
  return { ...transaction, ...change(transaction, event, at), updatedAt: at };
}

function change(
  transaction: Transaction,
  event: Exclude<TransactionEvent, { type: 'created' }>,
  at: string,
): Partial<Transaction> {
  switch (event.type) {
    case 'registering':
      return { registrationKey: event.idempotencyKey };
    case 'codeRequesting':
    case 'act':
    case 'issued':
    case 'verified':
    case 'sealed':
      return {};
    case 'registered':
      return { state: 'registered', registration: event.registration };
    case 'prepared':
      // Prepared anew after the review, the documents are the same; only the claimed time differs.
      return {
        state: transaction.state === 'registered' ? 'prepared' : stateAfterRenewal(transaction.state),
        prepared: event.prepared,
      };
    case 'reviewed':
      return { state: 'reviewed' };
    case 'codeSent':
      return { state: 'otpSent', otp: event.otp };
    case 'signing':
      return { state: 'signing', signingKey: event.idempotencyKey };
    case 'refused':
      return {
        state: event.newCodeNeeded ? 'reviewed' : 'otpSent',
        failure: { step: 'signing', code: event.code, at },
      };
    case 'signed':
      return { state: 'signed' };
    case 'sourceAsked':
      return { sources: [...(transaction.sources ?? []), event.attempt] };
    case 'augmented':
      return { augmented: true };
    case 'delivered':
      return { state: 'delivered', delivered: event.files };
    case 'failed':
      return { failure: { step: event.step, code: event.code, at } };
    case 'cancelled':
    case 'expired':
      return { state: event.type };
  }
}

const stateAfterRenewal = (state: TransactionState): TransactionState =>
  state === 'otpSent' ? 'reviewed' : state;
