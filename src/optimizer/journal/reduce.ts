import { OssError } from '../../contract/errors.ts';
import { FINAL_STATES, type Transaction, type TransactionState } from '../../contract/model/transaction.ts';
import type { JournalEntry, TransactionEvent } from './events.ts';
import { withRefused } from './refused.ts';
import { slotOf } from './slots.ts';

/**
 * From which states each event may follow: the state machine of the station. A code may be asked for
 * again (and the documents prepared again) until the signature exists.
 */
const ALLOWED: Readonly<Record<Exclude<TransactionEvent['type'], 'created'>, readonly TransactionState[]>> = {
  registering: ['created'],
  registered: ['created'],
  documentAdded: ['created', 'registered', 'prepared', 'reviewed', 'otpSent'],
  hashAdded: ['created', 'registered', 'prepared', 'reviewed', 'otpSent'],
  slotRemoved: ['created', 'registered', 'prepared', 'reviewed', 'otpSent'],
  placed: ['created', 'registered', 'prepared', 'reviewed', 'otpSent'],
  prepared: ['registered', 'prepared', 'reviewed', 'otpSent'],
  contentsAgreed: ['registered', 'prepared', 'reviewed', 'otpSent'],
  reviewed: ['prepared', 'reviewed'],
  documentsRefused: ['prepared', 'reviewed'],
  redirected: ['created', 'registered', 'prepared', 'reviewed', 'otpSent', 'signing', 'signed'],
  codeRequesting: ['reviewed', 'otpSent'],
  codeSent: ['reviewed', 'otpSent'],
  signing: ['otpSent', 'reviewed', 'signing'],
  refused: ['signing'],
  signed: ['signing'],
  sourceAsked: ['signing', 'signed'],
  augmented: ['signed'],
  delivered: ['signed'],
  failed: ['created', 'registered', 'prepared', 'reviewed', 'otpSent', 'signing', 'signed'],
  recovering: ['signing', 'signed'],
  recovered: ['otpSent', 'reviewed', 'signing', 'signed'],
  cancelled: ['created', 'registered', 'prepared', 'reviewed', 'otpSent', 'signing', 'signed'],
  expired: ['registered', 'prepared', 'reviewed', 'otpSent', 'signing'],
  act: ['prepared', 'reviewed', 'otpSent', 'signing', 'signed', 'delivered', 'cancelled', 'expired'],
  issued: ['signing'],
  logged: ['signed', 'delivered'],
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
    case 'act':
      return event.act.type === 'declined' ? { declined: true } : {};
    case 'codeRequesting':
    case 'issued':
    case 'logged':
    case 'verified':
    case 'sealed':
      return {};
    case 'registered':
      return {
        state: 'registered',
        registration: event.registration,
        ...(event.level === undefined ? {} : { level: event.level }),
      };
    case 'documentAdded':
      return { ...reopened(transaction), documents: [...transaction.documents, event.document] };
    case 'hashAdded':
      return { ...reopened(transaction), hashes: [...(transaction.hashes ?? []), event.hash] };
    case 'slotRemoved':
      return { ...reopened(transaction), ...withoutSlot(transaction, event.slot) };
    case 'placed':
      return {
        documents: transaction.documents.map((document, index) => ({
          ...document,
          options: event.options[index] ?? {},
        })),
      };
    case 'prepared':
      // Prepared again after the review, the documents are the same; only the claimed time differs.
      return {
        state: transaction.state === 'registered' ? 'prepared' : stateAfterRenewal(transaction),
        prepared: event.prepared,
        ...(event.hashesClaimedAt === undefined ? {} : { hashesClaimedAt: event.hashesClaimedAt }),
      };
    case 'reviewed':
      // Reviewed at the desk: the code will be bound to the final digests.
      return { state: 'reviewed', contents: undefined };
    case 'documentsRefused':
      return withRefused(transaction, event.positions);
    case 'redirected':
      return { deliverTo: event.deliverTo };
    case 'contentsAgreed':
      return { state: 'reviewed', contents: event.contents, prepared: undefined };
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
      return {
        state: 'signed',
        ...(event.certificate === undefined ? {} : { certificate: event.certificate }),
      };
    case 'sourceAsked':
      return { sources: [...(transaction.sources ?? []), event.attempt] };
    case 'augmented':
      return { augmented: true };
    case 'delivered':
      return { state: 'delivered', delivered: event.files };
    case 'failed':
      return { failure: { step: event.step, code: event.code, at } };
    case 'recovering':
      return { recoveries: (transaction.recoveries ?? 0) + 1 };
    case 'recovered':
      return { recoveries: undefined };
    case 'cancelled':
    case 'expired':
      return { state: event.type };
  }
}

/** A code that is bound to contents outlives a new preparation; one bound to the final digests does not. */
const stateAfterRenewal = ({ state, contents }: Transaction): TransactionState =>
  state === 'otpSent' && contents === undefined ? 'reviewed' : state;

/** Other documents: whatever was prepared, reviewed or sent a code for is no longer what would be signed. */
const reopened = ({ registration }: Transaction): Partial<Transaction> => ({
  state: registration === undefined ? 'created' : 'registered',
  prepared: undefined,
  contents: undefined,
});

const withoutSlot = ({ documents, hashes = [] }: Transaction, slot: number): Partial<Transaction> => ({
  // Positions shift, places in the vault do not.
  documents: documents
    .map((document, position) => ({ ...document, slot: slotOf(document, position) }))
    .filter((document) => document.slot !== slot),
  hashes: hashes.filter((hash) => hash.slot !== slot),
});
