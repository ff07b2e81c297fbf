import type { TFunction } from 'i18next';
import { OssError } from '../../contract/errors.ts';
import type { CaseEvidence, SealedRecord } from '../../contract/model/evidence.ts';
import type { Language } from '../../contract/model/language.ts';
import { Paper, type Sheet, type Tone } from '../../paper/index.ts';
import { HASH_SIZE, writeRecord, writeTransaction } from './evidence-report.ts';
import { instantIn, reportIn } from './texts.ts';

const TONES = Object.freeze({
  complete: 'good',
  partly: 'warn',
  unsigned: 'warn',
} as const satisfies Record<CaseEvidence['outcome'], Tone>);

interface CaseWriting {
  readonly layout: Sheet;
  readonly t: TFunction<'report'>;
  readonly date: (instant: string) => string;
  readonly evidence: CaseEvidence;
}

/**
 * The evidence of a case on paper: who signed what, then everything that the records of its transactions tell. Made
 * from sealed records alone.
 * @param records that of the case first, those of its transactions behind it
 * @param fonts folder with the typefaces
 * @throws OssError OSS_EVIDENCE_NOT_FOUND where the first record does not tell of a case
 */
export async function writeCaseReport(
  records: readonly SealedRecord[],
  language: Language,
  fonts: string,
): Promise<Uint8Array> {
  const [first, ...linked] = records;
  if (first?.record.content.kind !== 'case') throw new OssError('OSS_EVIDENCE_NOT_FOUND');
  const evidence = first.record.content;
  const t = reportIn(language);
  const date = instantIn(language);
  const isTrial = linked.some(
    ({ record: { content } }) => content.kind === 'transaction' && content.service?.mode === 'sandbox',
  );
  const facts = {
    title: t('case.title'),
    author: evidence.organisation ?? '',
    subject: evidence.case,
    language,
    createdAt: new Date(first.record.sealedAt),
    mark: isTrial ? t('sandboxMark') : undefined,
  };
  const document = await new Paper(fonts).write(facts, (layout) => {
    const writing = { layout, t, date, evidence };
    layout.title(t('case.title'), t('case.subtitle', { id: evidence.case }));
    if (isTrial) layout.warning(t('sandbox'));
    layout.verdict(
      TONES[evidence.outcome],
      t(`case.outcome.${evidence.outcome}`, { date: date(evidence.endedAt) }),
    );
    writeDocuments(writing);
    writeSigners(writing);
    writeRecord(writing, first);
    for (const record of linked) {
      const { content } = record.record;
      if (content.kind !== 'transaction') continue;
      layout.heading(t('case.transaction', { id: content.transaction }));
      writeTransaction({ layout, t, date, language, evidence: content }, record);
    }
    layout.note(t('evidence.note'));
    layout.footers((page, pages) => t('page', { page, pages }), evidence.case);
  });
  return document.save();
}

function writeDocuments({ layout, t, evidence }: CaseWriting): void {
  for (const [index, document] of evidence.documents.entries()) {
    layout.heading(t('evidence.document', { number: index + 1, name: document.name }));
    layout.row(t('case.brought'), document.sha256, HASH_SIZE);
    const names = document.signedBy.map((signer) => evidence.signers[signer]?.name ?? '');
    layout.row(t('case.signedBy'), names.length === 0 ? t('case.nobody') : names.join(', '));
    if (document.deliveredAs !== undefined) layout.row(t('evidence.file'), document.deliveredAs);
    if (document.deliveredSha256 !== undefined)
      layout.row(t('evidence.fileHash'), document.deliveredSha256, HASH_SIZE);
  }
}

function writeSigners({ layout, t, evidence }: CaseWriting): void {
  for (const [index, { name, outcome, refused, records }] of evidence.signers.entries()) {
    layout.heading(t('case.signer', { number: index + 1, name }));
    layout.row(t('case.what'), t(`case.signerOutcome.${outcome}`));
    const documents = refused.map((document) => evidence.documents[document]?.name ?? '');
    if (documents.length > 0) layout.row(t('case.refused'), documents.join(', '));
    for (const { transaction, sequence, hash } of records) {
      layout.row(t('case.record'), t('case.recordOf', { number: sequence, id: transaction }), 8.5);
      layout.row(t('evidence.hash'), hash, HASH_SIZE);
    }
  }
}
