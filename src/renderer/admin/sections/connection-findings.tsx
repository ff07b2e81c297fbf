import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionFinding, ConnectionTest } from '../../../contract/ipc/admin/connection-test.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import styles from './connection-findings.module.css';

const ICONS = Object.freeze({
  passed: 'check',
  warning: 'warning',
  failed: 'close',
  notChecked: 'minus',
} as const satisfies Record<ConnectionFinding['outcome'], IconName>);

/** Each check with its outcome as sign and word, and what was found in a sentence. */
export function ConnectionFindings({ test }: { readonly test: ConnectionTest }) {
  const { t } = useTranslation('admin');
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // In braces: newer Chromium answers a promise here, which React would take for a clean-up.
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section ref={section} role="status" aria-label={t('service.result')}>
      <h2 className={styles.heading}>{t('service.result')}</h2>
      <ul className={styles.list}>
        {test.findings.map((finding) => (
          <li key={finding.check} className={styles.finding} data-outcome={finding.outcome}>
            <span className={styles.mark}>
              <Icon name={ICONS[finding.outcome]} />
            </span>
            <span>
              <strong>{t(`test.check.${finding.check}`)}</strong>
              {': '}
              <span className={styles.outcome}>{t(`test.outcome.${finding.outcome}`)}</span>
              <Sentence finding={finding} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sentence({ finding: { check, outcome, reason, facts } }: { readonly finding: ConnectionFinding }) {
  const { t, i18n } = useTranslation('admin');
  const { notAfter } = facts;
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' });
  const values = { ...facts, ...(notAfter !== undefined && { notAfter: date.format(new Date(notAfter)) }) };
  if (reason !== undefined) return <span className={styles.text}>{t(`test.reason.${reason}`, values)}</span>;
  if (outcome !== 'passed') return null;
  return <span className={styles.text}>{t(`test.passed.${check}`, values)}</span>;
}
