import type { TFunction } from 'i18next';
import { provenEntry } from '../../base/tlog/judge-proof.ts';
import { OssError } from '../../contract/errors.ts';
import type { SealedRecord, TransactionEvidence } from '../../contract/model/evidence.ts';
import type { Language } from '../../contract/model/language.ts';
import type { PageRanges } from '../../contract/model/page-ranges.ts';
import { Paper, type Sheet, type Tone } from '../../paper/index.ts';
import { instantIn, reportIn } from './texts.ts';

/** Hashes are long: smaller, so that each stays on one line. */
export const HASH_SIZE = 7.5;

const TONES = Object.freeze({
  signed: 'good',
  declined: 'warn',
  cancelled: 'warn',
  expired: 'warn',
} as const satisfies Record<TransactionEvidence['outcome'], Tone>);

export interface Writing {
  readonly layout: Sheet;
  readonly t: TFunction<'report'>;
  readonly date: (instant: string) => string;
  readonly evidence: TransactionEvidence;
  readonly language: Language;
}

/**
 * The evidence of one transaction on paper, made from its sealed records alone.
 * @param fonts folder with the typefaces
 * @throws OssError OSS_EVIDENCE_NOT_FOUND where the first record does not tell of a transaction
 */
export async function writeEvidenceReport(
  records: readonly SealedRecord[],
  language: Language,
  fonts: string,
): Promise<Uint8Array> {
  const [first, ...later] = records;
  if (first?.record.content.kind !== 'transaction') throw new OssError('OSS_EVIDENCE_NOT_FOUND');
  const evidence = first.record.content;
  const t = reportIn(language);
  const isTrial = evidence.service?.mode === 'sandbox';
  const facts = {
    title: t('evidence.title'),
    author: evidence.organisation ?? evidence.service?.name ?? '',
    subject: evidence.transaction,
    language,
    createdAt: new Date(first.record.sealedAt),
    mark: isTrial ? t('sandboxMark') : undefined,
  };
  const document = await new Paper(fonts).write(facts, (layout) => {
    const writing = { layout, t, date: instantIn(language), evidence, language };
    layout.title(t('evidence.title'), t('evidence.subtitle', { id: evidence.transaction }));
    if (isTrial) layout.warning(t('sandbox'));
    writeTransaction(writing, first, later);
    layout.note(t('evidence.note'));
    layout.footers((page, pages) => t('page', { page, pages }), evidence.transaction);
  });
  return document.save();
}

/** Everything that the records of one transaction tell. */
export function writeTransaction(
  writing: Writing,
  first: SealedRecord,
  later: readonly SealedRecord[] = [],
): void {
  writeOutcome(writing);
  for (const index of writing.evidence.documents.keys()) writeDocument(writing, index);
  writeAgreement(writing);
  writeCertificate(writing);
  writeLog(writing, later);
  writeEvents(writing, later);
  writeRecord(writing, first);
}

function writeOutcome({ layout, t, date, evidence }: Writing): void {
  const { outcome, signer, endedAt, organisation, registrationAuthority, service, contract } = evidence;
  layout.verdict(
    TONES[outcome],
    t(`evidence.outcome.${outcome}`, { name: signer.name, date: date(endedAt) }),
  );
  const { type, country, number } = signer.idDocument;
  layout.heading(t('evidence.signer'));
  layout.row(t('evidence.name'), signer.name);
  layout.row(t('evidence.idDocument'), `${t(`idType.${type}`)} · ${country} · ${number}`);
  layout.row(t('evidence.phone'), signer.maskedPhone);
  if (organisation !== undefined) layout.row(t('evidence.organisation'), organisation);
  layout.row(t('evidence.registrationAuthority'), registrationAuthority);
  if (!service && !contract) return;
  layout.heading(t('evidence.service'));
  if (service)
    layout.row(t('evidence.serviceName'), `${service.issuer} · ${service.name} ${service.version}`);
  if (evidence.requestId !== undefined) layout.row(t('evidence.request'), evidence.requestId);
  if (contract) layout.row(t('evidence.contract'), contract.sha256, HASH_SIZE);
  if (contract?.pages !== undefined) {
    layout.row(t('evidence.contractPages'), pagesShown(t, contract.pagesShown ?? [], contract.pages));
  }
}

function writeDocument({ layout, t, date, evidence }: Writing, index: number): void {
  const document = evidence.documents[index];
  if (!document) return;
  const { name, pages, pagesShown: shown, byteRangeDigest, result, timestamp, deliveredAs } = document;
  layout.heading(t('evidence.document', { number: index + 1, name }));
  layout.row(t('evidence.pages'), shown ? pagesShown(t, shown, pages) : String(pages));
  layout.row(t('evidence.shown'), document.shownSha256, HASH_SIZE);
  if (document.refused) layout.warning(t('evidence.documentRefused'));
  if (byteRangeDigest !== undefined) {
    const label = evidence.outcome === 'signed' ? 'digest' : 'digestUnsigned';
    layout.row(t(`evidence.${label}`), byteRangeDigest, HASH_SIZE);
  }
  if (deliveredAs !== undefined) layout.row(t('evidence.file'), deliveredAs);
  if (result) {
    layout.row(t('evidence.fileHash'), result.sha256, HASH_SIZE);
    layout.row(t('evidence.result'), `${t(`verdict.${result.verdict}`)} · PAdES ${result.level}`);
  }
  if (timestamp) {
    layout.row(t('evidence.timestamp'), `${date(timestamp.time)}\u00a0· ${timestamp.authority}`, 8.5);
    layout.row(t('evidence.token'), timestamp.sha256, HASH_SIZE);
  }
  for (const { time, authority } of result?.documentTimestamps ?? []) {
    layout.row(
      t('evidence.documentTimestamp'),
      `${time === undefined ? '' : date(time)} · ${authority}`,
      8.5,
    );
  }
}

function writeAgreement({ layout, t, date, language, evidence }: Writing): void {
  const { consent, codes, attempts } = evidence;
  if (consent) {
    layout.heading(t('evidence.consent'));
    layout.row(t('evidence.given'), date(consent.at));
    const shownIn = new Intl.DisplayNames(language, { type: 'language' }).of(consent.language) ?? '';
    const values = { version: consent.wordingVersion, language: shownIn };
    layout.row(t('evidence.wording'), t('evidence.wordingOf', values));
    for (const [index, { text, sha256 }] of consent.consents.entries()) {
      layout.row(t('evidence.sentence', { number: index + 1 }), text);
      layout.row('SHA-256', sha256, HASH_SIZE);
    }
  }
  const [firstCode] = codes;
  if (firstCode === undefined) return;
  const { channel: way } = firstCode;
  layout.heading(way === 'sms' ? t('evidence.code') : t(`evidence.codeBy.${way}`));
  for (const { at, channel, maskedPhone, deliveryReference, reference } of codes) {
    const sent = { date: date(at), phone: maskedPhone };
    const how = channel === 'sms' ? t('evidence.sentTo', sent) : t(`evidence.sentBy.${channel}`, sent);
    layout.row(t('evidence.sent'), how);
    layout.row(t('evidence.reference'), reference);
    layout.row(t('evidence.delivery'), deliveryReference);
    if (channel !== 'sms') layout.row(t('evidence.assurance'), t(`evidence.weaker.${channel}`));
  }
  for (const { at, outcome } of attempts) {
    layout.row(t('evidence.attempts'), t(`evidence.${outcome}`, { date: date(at) }));
  }
}

function writeCertificate({ layout, t, date, evidence: { certificate } }: Writing): void {
  if (!certificate) return;
  const { subject, issuer, serialNumber, notBefore, notAfter, sha256 } = certificate;
  layout.heading(t('evidence.certificate'));
  layout.row(t('evidence.subject'), subject, 8.5);
  layout.row(t('evidence.issuer'), issuer, 8.5);
  layout.row(t('evidence.serial'), serialNumber, 8.5);
  layout.row(t('evidence.validity'), `${date(notBefore)} – ${date(notAfter)}`);
  layout.row(t('evidence.fingerprint'), sha256, HASH_SIZE);
}

/** As it is known by the last record. */
function writeLog({ layout, t, evidence }: Writing, later: readonly SealedRecord[]): void {
  const added = later.flatMap(({ record: { content } }) =>
    content.kind === 'addendum' ? (content.log ?? []) : [],
  );
  const log = added.at(-1) ?? evidence.log;
  if (!log) return;
  layout.heading(t('evidence.log'));
  layout.row(t('evidence.logKey'), log.key, HASH_SIZE);
  for (const act of log.acts) {
    const entry = provenEntry(log.key, act);
    const words = entry
      ? t('evidence.logState.proven', { index: String(entry.index), size: String(entry.size) })
      : t(`evidence.logState.${act.state === 'awaited' ? 'awaited' : 'wrong'}`);
    layout.row(t(`evidence.logAct.${act.act}`), words);
  }
}

function writeEvents({ layout, t, date, evidence }: Writing, later: readonly SealedRecord[]): void {
  const write = (events: TransactionEvidence['events']): void => {
    for (const { at, type, code } of events) {
      const words = t(`event.${type}`, { defaultValue: type });
      layout.row(date(at), code === undefined ? words : `${words} (${code})`, 9);
    }
  };
  layout.heading(t('evidence.events'));
  write(evidence.events);
  if (later.length === 0) return;
  layout.heading(t('evidence.later'));
  for (const { record } of later) write(record.content.events);
}

export function writeRecord(
  { layout, t, date }: Pick<Writing, 'layout' | 't' | 'date'>,
  { record, hash }: SealedRecord,
): void {
  layout.heading(t('evidence.record'));
  layout.row(t('evidence.number'), String(record.sequence));
  layout.row(t('evidence.sealed'), date(record.sealedAt));
  layout.row(t('evidence.hash'), hash, HASH_SIZE);
  layout.row(t('evidence.previous'), record.previousHash, HASH_SIZE);
  layout.row(t('evidence.station'), record.station, HASH_SIZE);
}

const countOf = (ranges: PageRanges): number => ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);

const pagesShown = (t: TFunction<'report'>, shown: PageRanges, pages: number): string =>
  t('evidence.pagesShown', { shown: countOf(shown), pages });
