import { basename } from 'node:path';
import { fromBase64 } from '../../contract/model/encoding.ts';
import type { CeremonyAct, EvidenceContent, TransactionEvidence } from '../../contract/model/evidence.ts';
import { fullNameOf, maskPhone } from '../../contract/model/identity.ts';
import type { ImportedDocument, Transaction } from '../../contract/model/transaction.ts';
import type { JournalEntry, TransactionEvent } from '../journal/events.ts';
import { allDocuments, positionsToSign } from '../journal/refused.ts';

const hex = (base64: string): string => Buffer.from(fromBase64(base64)).toString('hex');

/** An event of one type with the instant at which it was written. */
type Of<T extends TransactionEvent['type']> = Extract<TransactionEvent, { type: T }> & {
  readonly at: string;
};

type Act<T extends CeremonyAct['type']> = Extract<CeremonyAct, { type: T }> & { readonly at: string };

/** What a journal tells, by type of event. */
class JournalView {
  readonly #entries: readonly JournalEntry[];

  constructor(entries: readonly JournalEntry[]) {
    this.#entries = entries;
  }

  all<T extends TransactionEvent['type']>(type: T): Of<T>[] {
    return this.#entries.flatMap(({ at, event }) => (event.type === type ? [{ ...event, at } as Of<T>] : []));
  }

  acts<T extends CeremonyAct['type']>(type: T): Act<T>[] {
    return this.all('act').flatMap(({ at, act }) => (act.type === type ? [{ ...act, at } as Act<T>] : []));
  }

  /** What was told since the documents are those that they are. */
  sinceSameDocuments(): JournalView {
    const changed = this.#entries.findLastIndex(({ event }) => CHANGES_DOCUMENTS.includes(event.type));
    return new JournalView(this.#entries.slice(changed + 1));
  }

  /** The pages of one document that had been shown, as last recorded. */
  pagesShown(document: number | 'contract'): Act<'pagesShown'> | undefined {
    const journal = document === 'contract' ? this : this.sinceSameDocuments();
    return journal.acts('pagesShown').findLast((act) => act.document === document);
  }
}

/** After these, what was read and agreed to before is no longer about what is to be signed. */
const CHANGES_DOCUMENTS: readonly string[] = ['documentAdded', 'hashAdded', 'slotRemoved'];

/** The evidence in a journal, whatever became of the transaction. Pure: the same journal, the same evidence. */
export function evidenceOf(transaction: Transaction, entries: readonly JournalEntry[]): TransactionEvidence {
  const journal = new JournalView(entries);
  const { id, identity, organisation, registrationAuthority, profile, level, registration } = transaction;
  const issued = journal.all('issued').at(-1)?.facts;
  const service = journal.all('registered').at(-1)?.service;
  const log = journal.all('logged').at(-1)?.log;
  return {
    kind: 'transaction',
    transaction: id,
    ...(transaction.case !== undefined && { case: transaction.case }),
    outcome: outcomeOf(transaction, journal),
    createdAt: transaction.createdAt,
    endedAt: endOf(entries) ?? transaction.updatedAt,
    registrationAuthority,
    profile,
    levelAsked: level,
    signer: {
      name: fullNameOf(identity),
      idDocument: identity.idDocument,
      maskedPhone: maskPhone(identity.mobilePhone),
      language: identity.language,
      ...(transaction.seal !== undefined && { seal: transaction.seal }),
    },
    documents: documentsOf(transaction, journal),
    codes: codesOf(journal),
    attempts: attemptsOf(journal),
    sources: journal.all('sourceAsked').map(({ attempt }) => attempt),
    events: eventsOf(entries),
    ...(organisation === undefined ? {} : { organisation }),
    ...(service && { service }),
    ...(registration && { requestId: registration.requestId, ...contractOf(registration, journal) }),
    ...consentOf(journal),
    ...(issued && { certificate: issued.certificate }),
    ...(log && { log }),
  };
}

export type PagesShown = Pick<Act<'pagesShown'>, 'document' | 'shown'>;

/** The pages that had been on the signer's screen, as last recorded for each document. */
export function pagesShownIn(entries: readonly JournalEntry[]): PagesShown[] {
  const journal = new JournalView(entries);
  const named = new Set(journal.acts('pagesShown').map(({ document }) => document));
  return [...named].flatMap((document) => journal.pagesShown(document) ?? []);
}

/** What happened after a record was sealed; undefined where nothing did. */
export function addendumOf(id: string, entries: readonly JournalEntry[]): EvidenceContent | undefined {
  const events = eventsOf(entries);
  if (events.length === 0) return undefined;
  const log = new JournalView(entries).all('logged').at(-1)?.log;
  return { kind: 'addendum', transaction: id, events, ...(log && { log }) };
}

function outcomeOf({ state }: Transaction, journal: JournalView): TransactionEvidence['outcome'] {
  if (state === 'delivered') return 'signed';
  if (state === 'expired') return 'expired';
  return journal.acts('declined').length > 0 ? 'declined' : 'cancelled';
}

const endOf = (entries: readonly JournalEntry[]): string | undefined =>
  entries.findLast(({ event }) => ['delivered', 'cancelled', 'expired'].includes(event.type))?.at;

/** Whatever was handed over, in its order; what was refused has no signature. */
function documentsOf(transaction: Transaction, journal: JournalView): TransactionEvidence['documents'] {
  const toSign = positionsToSign(transaction);
  return allDocuments(transaction).map(({ document, isRefused }, position) => {
    const facts = readingEvidence(document, position, journal);
    if (isRefused) return { ...facts, refused: true };
    return { ...facts, ...signatureEvidence(toSign.indexOf(position), transaction, journal) };
  });
}

function readingEvidence(
  { name, pages, bytes, earlierSignatures, sha256 }: ImportedDocument,
  position: number,
  journal: JournalView,
) {
  const shown = journal.pagesShown(position)?.shown;
  return {
    name,
    pages,
    bytes,
    earlierSignatures,
    shownSha256: hex(sha256),
    ...(shown && { pagesShown: shown }),
  };
}

function signatureEvidence(
  index: number,
  { prepared, delivered }: Transaction,
  journal: JournalView,
): Partial<TransactionEvidence['documents'][number]> {
  const signed = prepared?.[index];
  const timestamp = journal.all('issued').at(-1)?.facts.timestamps[index];
  const result = journal.all('verified').at(-1)?.documents[index];
  const file = delivered?.[index];
  return {
    ...(signed && {
      byteRangeDigest: hex(signed.digest),
      claimedSigningTime: signed.claimedSigningTime,
      field: signed.fieldName,
    }),
    ...(timestamp && { timestamp }),
    ...(result && { result }),
    ...(file !== undefined && { deliveredAs: basename(file) }),
  };
}

function contractOf(
  { contractSha256 }: { readonly contractSha256?: string | undefined },
  journal: JournalView,
): Pick<TransactionEvidence, 'contract'> {
  if (contractSha256 === undefined) return {};
  const read = journal.pagesShown('contract');
  return {
    contract: { sha256: contractSha256, ...(read && { pages: read.pages, pagesShown: read.shown }) },
  };
}

function consentOf(journal: JournalView): Pick<TransactionEvidence, 'consent'> {
  const given = journal.sinceSameDocuments().acts('consented').at(-1);
  if (!given) return {};
  const { at, language, wordingVersion, consents } = given;
  return { consent: { at, language, wordingVersion, consents } };
}

const codesOf = (journal: JournalView): TransactionEvidence['codes'] =>
  journal
    .all('codeSent')
    .map(({ at, otp: { channel, maskedPhone, deliveryReference, reference, expiresAt } }) => ({
      at,
      channel: channel ?? 'sms',
      maskedPhone,
      deliveryReference,
      reference,
      expiresAt,
    }));

/** A station that was killed in between records the same issuance twice. */
function attemptsOf(journal: JournalView): TransactionEvidence['attempts'] {
  const refused = journal.all('refused').map(({ at, code }) => ({ at, outcome: 'refused' as const, code }));
  const accepted = journal
    .all('issued')
    .slice(0, 1)
    .map(({ at }) => ({ at, outcome: 'accepted' as const }));
  return [...refused, ...accepted];
}

function eventsOf(entries: readonly JournalEntry[]): TransactionEvidence['events'] {
  return entries
    .filter(({ event }) => event.type !== 'sealed')
    .map(({ at, event }) => ({
      at,
      type: event.type === 'act' ? event.act.type : event.type,
      ...('code' in event && { code: event.code }),
    }));
}
