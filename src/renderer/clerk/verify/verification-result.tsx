import { useTranslation } from 'react-i18next';
import type { VerificationView } from '../../../contract/ipc/verification.ts';
import { languageOf } from '../../../contract/model/languages.ts';
import type { Qualification, TimestampQualification } from '../../../contract/model/trusted-lists.ts';
import type {
  Change,
  Check,
  VerificationReport,
  VerifiedDocumentTimestamp,
  VerifiedSignature,
} from '../../../contract/model/verification.ts';
import { changeInWords, changesTexts } from '../../../texts/changes.ts';
import { drawnInWords } from '../../../texts/drawn-differences.ts';
import { qualificationInWords } from '../../../texts/qualification.ts';
import { levelInWords } from '../../../texts/signature-level.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { valueInSentence } from '../../ui/shown-text/sentence-values.ts';
import panel from '../panel.module.css';
import { useVerification } from './verification.ts';
import styles from './verification-result.module.css';

type Verdict = VerificationReport['verdict'];

const KINDS = Object.freeze({ valid: 'good', invalid: 'bad', undecided: 'warn' } as const);
const VERDICT_ICONS = Object.freeze({
  valid: 'check',
  invalid: 'stop',
  undecided: 'question',
} as const satisfies Record<Verdict, IconName>);
const CHECK_ICONS = Object.freeze({
  passed: 'check',
  failed: 'stop',
  undecided: 'question',
  none: 'minus',
} as const satisfies Record<Check['outcome'], IconName>);

/** The verdict over the whole file, then each signature and each document time stamp. */
export function VerificationResult({ result }: { readonly result: VerificationView }) {
  const { t } = useTranslation('report');
  const time = useLocalTime();
  const { report } = result;
  const { protection } = report;
  return (
    <>
      <Notice kind={KINDS[report.verdict]} title={t(`verdict.${report.verdict}`)}>
        {t(`verification.verdict.${report.verdict}`)}
      </Notice>
      {report.signatures.map((signature, index) => (
        <Signature key={signature.field} signature={signature} number={index + 1} />
      ))}
      {report.checks.length > 0 && <Checks checks={report.checks} />}
      {protection && (
        <dl className={panel.facts}>
          <dt>{t('verification.protection')}</dt>
          <dd>{t('verification.protectedUntil', { date: time(protection.until), name: protection.name })}</dd>
        </dl>
      )}
      {report.documentTimestamps.map((timestamp) => (
        <DocumentTimestamp key={timestamp.field} timestamp={timestamp} />
      ))}
    </>
  );
}

function VerdictWord({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation('report');
  return (
    <p className={`${styles.verdict} ${styles[KINDS[verdict]]}`}>
      <Icon name={VERDICT_ICONS[verdict]} />
      {t(`verdict.${verdict}`)}
    </p>
  );
}

function useLocalTime(): (instant: string) => string {
  const { t, i18n } = useTranslation('verify');
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (instant) => t('timeLocal', { time: format.format(new Date(instant)) });
}

function Signature({
  signature,
  number,
}: {
  readonly signature: VerifiedSignature;
  readonly number: number;
}) {
  const { t, i18n } = useTranslation(['report', 'verify']);
  const compare = useVerification((state) => state.compare);
  const passwordTried = useVerification((state) => state.passwordTried);
  const time = useLocalTime();
  const { signer, verdict, issuer, claimedSigningTime, provenTime, coverage, checks, signedFiles } =
    signature;
  const bytes = new Intl.NumberFormat(i18n.language).format(coverage.bytes);
  return (
    <section className={styles.signature}>
      <h2 className={panel.heading}>{t('verification.signature', { number, name: signer })}</h2>
      <VerdictWord verdict={verdict} />
      <dl className={panel.facts}>
        <dt>{t('verification.claimed')}</dt>
        <dd>{claimedSigningTime === undefined ? '–' : time(claimedSigningTime)}</dd>
        <dt>{t('verification.proven')}</dt>
        <dd>{provenTime === undefined ? t('verification.notProven') : time(provenTime)}</dd>
        <dt>{t('verification.covers')}</dt>
        <dd>
          {signedFiles
            ? signedFiles.map((name) => <p key={name}>{name}</p>)
            : coverage.wholeFile
              ? t('verification.wholeFile')
              : t('verification.version', { ...coverage, bytes })}
        </dd>
        <dt>{t('verification.issuer')}</dt>
        <dd>{issuer}</dd>
        {signature.drawn && (
          <>
            <dt>{t('drawn.label')}</dt>
            <dd>
              {drawnInWords(signature.drawn, t).map((line) => (
                <p key={line}>{line}</p>
              ))}
              {!passwordTried && !signature.drawn.notDrawn && (
                <Button
                  kind="quiet"
                  onPress={() => void compare(signature.field, signature.drawn?.differing[0]?.page ?? 1)}
                >
                  {t('verify:versions.show')}
                </Button>
              )}
            </dd>
          </>
        )}
        {signature.anchor !== undefined && (
          <>
            <dt>{t('verification.anchor')}</dt>
            <dd>{signature.anchor}</dd>
          </>
        )}
        <QualificationRow label={t('qualification.label')} found={signature.qualification} />
        <QualificationRow label={t('qualification.ofTimestamp')} found={signature.timestampQualification} />
        <dt>{t('verification.level')}</dt>
        <dd>{levelInWords(signature, t)}</dd>
      </dl>
      {signature.singleUse && <p className={styles.explained}>{t('verification.singleUse')}</p>}
      <Checks checks={checks} changes={signature.changes} />
    </section>
  );
}

/** What the trusted lists say; nothing where the station has none. */
function QualificationRow({
  label,
  found,
}: {
  readonly label: string;
  readonly found: Qualification | TimestampQualification | undefined;
}) {
  const { t } = useTranslation('report');
  if (!found) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {qualificationInWords(found, t).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </dd>
    </>
  );
}

function DocumentTimestamp({ timestamp }: { readonly timestamp: VerifiedDocumentTimestamp }) {
  const { t } = useTranslation('report');
  const time = useLocalTime();
  return (
    <section className={styles.signature}>
      <h2 className={panel.heading}>{t('verification.documentTimestamp', { name: timestamp.authority })}</h2>
      <VerdictWord verdict={timestamp.verdict} />
      {timestamp.time !== undefined && (
        <dl className={panel.facts}>
          <dt>{t('verification.proven')}</dt>
          <dd>{time(timestamp.time)}</dd>
          <QualificationRow label={t('qualification.label')} found={timestamp.qualification} />
        </dl>
      )}
      <Checks checks={timestamp.checks} />
    </section>
  );
}

/** In the clerk's words; where a check did not simply pass, the finding itself stands below. */
function Checks({
  checks,
  changes = [],
}: {
  readonly checks: readonly Check[];
  readonly changes?: readonly Change[];
}) {
  const { t } = useTranslation(['report', 'verify']);
  return (
    <ul className={styles.checks} aria-label={t('verify:checks')}>
      {checks.map(({ name, outcome, sentence }) => (
        <li key={`${name} ${sentence}`} data-outcome={outcome}>
          <Icon name={CHECK_ICONS[outcome]} size="1.1em" />
          <div>
            <p>{t(`check.${name}.${outcome}`)}</p>
            {(outcome === 'failed' || outcome === 'undecided') && (
              <details>
                <summary>{t('verify:detail')}</summary>
                <p lang="en">{sentence}</p>
                {name === 'changes' && <Changes changes={changes} />}
              </details>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What was changed afterwards and is not simply allowed, with its page. */
function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const { i18n } = useTranslation();
  const texts = changesTexts[languageOf(i18n.language)];
  const noticeable = changes.filter(({ outcome }) => outcome !== 'allowed');
  return (
    <ul>
      {noticeable.map(({ sentence, objects, ...change }) => (
        <li key={`${sentence} ${objects.join(' ')}`}>{changeInWords(change, texts, valueInSentence)}</li>
      ))}
    </ul>
  );
}
