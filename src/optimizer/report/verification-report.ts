import type { TFunction } from 'i18next';
import type { Language } from '../../contract/model/language.ts';
import type { Qualification, TimestampQualification } from '../../contract/model/trusted-lists.ts';
import type {
  Check,
  SignedContainer,
  VerificationReport,
  VerifiedSignature,
} from '../../contract/model/verification.ts';
import { Paper, type Sheet, type Tone } from '../../paper/index.ts';
import { drawnInWords } from '../../texts/drawn-differences.ts';
import { qualificationInWords } from '../../texts/qualification.ts';
import { levelInWords } from '../../texts/signature-level.ts';
import { instantIn, reportIn } from './texts.ts';

const TONES = Object.freeze({
  valid: 'good',
  invalid: 'bad',
  undecided: 'warn',
} as const satisfies Record<VerificationReport['verdict'], Tone>);

/** What was verified, and by whom it may be shown. */
export interface VerifiedFile {
  readonly name: string;
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256: string;
  readonly checkedAt: string;
  readonly report: VerificationReport;
  /** For trials: the mark on every page. */
  readonly sandbox: boolean;
}

interface Writing {
  readonly layout: Sheet;
  readonly t: TFunction<'report'>;
  readonly date: (instant: string) => string;
  readonly language: Language;
}

/** The verification of one file on paper. @param fonts folder with the typefaces */
export async function writeVerificationReport(
  file: VerifiedFile,
  language: Language,
  fonts: string,
): Promise<Uint8Array> {
  const { name, sha256, checkedAt, report, sandbox } = file;
  const t = reportIn(language);
  const date = instantIn(language);
  const { container } = report;
  const title = t(container ? 'verification.titleOfContainer' : 'verification.title');
  const facts = {
    title,
    author: 'One-Shot Signature Station',
    subject: name,
    language,
    createdAt: new Date(checkedAt),
    mark: sandbox ? t('sandboxMark') : undefined,
  };
  const document = await new Paper(fonts).write(facts, (layout) => {
    const writing = { layout, t, date, language };
    layout.title(title, t('verification.subtitle', { name }));
    layout.verdict(TONES[report.verdict], t(`verification.verdict.${report.verdict}`));
    layout.row(t('verification.checkedAt'), date(checkedAt));
    layout.row(t('verification.fileHash'), sha256, 7.5);
    if (container) writeContainer(writing, container);
    const { protection } = report;
    if (protection) {
      const until = { date: date(protection.until), name: protection.name };
      layout.row(t('verification.protection'), t('verification.protectedUntil', until));
    }
    for (const [index, signature] of report.signatures.entries()) {
      layout.heading(t('verification.signature', { number: index + 1, name: signature.signer }));
      writeSignature(writing, signature);
    }
    writeChecks(writing, report.checks);
    for (const { authority, verdict, time, checks, qualification } of report.documentTimestamps) {
      layout.heading(t('verification.documentTimestamp', { name: authority }));
      layout.row(t('verification.verdictLabel'), t(`verdict.${verdict}`));
      if (time !== undefined) layout.row(t('verification.proven'), date(time));
      writeQualification(writing, t('qualification.label'), qualification);
      writeChecks(writing, checks);
    }
    layout.note(t('verification.note'));
    layout.footers((page, pages) => t('page', { page, pages }), name);
  });
  return document.save();
}

function writeContainer({ layout, t, language }: Writing, { kind, files }: SignedContainer): void {
  layout.row(t('verification.container'), t(`verification.containerKind.${kind}`));
  const size = new Intl.NumberFormat(language);
  for (const { name, bytes, sha256 } of files) {
    layout.row(t('verification.holds'), `${name} (${size.format(bytes)} B)`);
    layout.row(t('verification.fileHash'), sha256, 7.5);
  }
}

function writeSignature(writing: Writing, signature: VerifiedSignature): void {
  const { layout, t, date, language } = writing;
  const { verdict, signer, issuer, serialNumber, singleUse, checks, coverage } = signature;
  const { claimedSigningTime, provenTime } = signature;
  layout.row(t('verification.verdictLabel'), t(`verdict.${verdict}`));
  layout.row(t('verification.signedBy'), signer);
  layout.row(t('verification.issuer'), issuer);
  if (signature.anchor !== undefined) layout.row(t('verification.anchor'), signature.anchor);
  layout.row(t('verification.serial'), serialNumber, 8.5);
  if (claimedSigningTime !== undefined) layout.row(t('verification.claimed'), date(claimedSigningTime));
  layout.row(
    t('verification.proven'),
    provenTime === undefined ? t('verification.notProven') : date(provenTime),
  );
  const bytes = new Intl.NumberFormat(language).format(coverage.bytes);
  layout.row(
    t('verification.covers'),
    signature.signedFiles?.join(', ') ??
      (coverage.wholeFile ? t('verification.wholeFile') : t('verification.version', { ...coverage, bytes })),
  );
  if (signature.drawn)
    for (const sentence of drawnInWords(signature.drawn, t)) layout.row(t('drawn.label'), sentence);
  layout.row(t('verification.level'), levelInWords(signature, t));
  writeQualification(writing, t('qualification.label'), signature.qualification);
  writeQualification(writing, t('qualification.ofTimestamp'), signature.timestampQualification);
  if (singleUse) layout.paragraph(t('verification.singleUse'));
  writeChecks(writing, checks);
}

/** Nothing where no trusted lists were given. */
function writeQualification(
  { layout, t }: Writing,
  label: string,
  found: Qualification | TimestampQualification | undefined,
): void {
  if (!found) return;
  const [sentence = '', listed] = qualificationInWords(found, t);
  layout.row(label, sentence);
  if (listed !== undefined) layout.note(listed);
}

const MARKS = { passed: '+', failed: '×', undecided: '?', none: '–' } as const;

/** The words of the reader; where a check did not simply pass, the finding itself as well. */
function writeChecks({ layout, t }: Writing, checks: readonly Check[]): void {
  for (const { name, outcome, sentence } of checks) {
    layout.paragraph(`${MARKS[outcome]}  ${t(`check.${name}.${outcome}`)}`);
    if (outcome === 'failed' || outcome === 'undecided') layout.note(sentence);
  }
}
