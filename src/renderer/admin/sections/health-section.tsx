import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HealthLine, HealthReport } from '../../../contract/model/health.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useAdmin } from '../admin.ts';
import styles from '../app.module.css';
import { SectionFrame } from '../section-frame.tsx';
import lists from './connection-findings.module.css';

/** Sign and colour of an outcome, as the test of the connection shows them. */
const MARKS = Object.freeze({
  ok: { icon: 'check', shown: 'passed' },
  look: { icon: 'warning', shown: 'warning' },
  broken: { icon: 'close', shown: 'failed' },
} as const satisfies Record<HealthLine['outcome'], { icon: IconName; shown: string }>);

const KINDS = Object.freeze({ ok: 'good', look: 'info', broken: 'bad' } as const);

/** Everything that signing needs, looked at once: what was found, and what to do about it. */
export function HealthSection() {
  const { t } = useTranslation('admin');
  const act = useAdmin((admin) => admin.act);
  const working = useAdmin((admin) => admin.working);
  const [report, setReport] = useState<HealthReport>();
  useEffect(() => {
    void act((api) => api.health.examine()).then(setReport);
  }, [act]);
  const again = async () => setReport(await act((api) => api.health.examine()));
  const save = async () => {
    const result = await act((api) => api.health.saveForSupport());
    if (result?.saved) await act(async () => undefined, t('health.saved'));
  };
  return (
    <SectionFrame section="health" text={t('health.text')} isWide>
      {report && <Notice kind={KINDS[report.outcome]}>{t(`health.all.${report.outcome}`)}</Notice>}
      <div className={styles.actions}>
        <Button icon="verify" isDisabled={working} onPress={() => void again()}>
          {t('health.again')}
        </Button>
        <Button icon="save" isDisabled={working || !report} onPress={() => void save()}>
          {t('health.save')}
        </Button>
      </div>
      {report ? <Lines lines={report.lines} /> : working && <Progress label={t('working')} />}
    </SectionFrame>
  );
}

function Lines({ lines }: { readonly lines: readonly HealthLine[] }) {
  const { t } = useTranslation('doctor');
  return (
    <ul className={lists.list}>
      {lines.map((line) => (
        <li
          key={`${line.topic} ${line.reason} ${Object.values(line.facts).join(' ')}`}
          className={lists.finding}
          data-outcome={MARKS[line.outcome].shown}
        >
          <span className={lists.mark}>
            <Icon name={MARKS[line.outcome].icon} />
          </span>
          <span>
            <strong>{t(`topic.${line.topic}`)}</strong>
            {': '}
            <span className={lists.outcome}>{t(`outcome.${line.outcome}`)}</span>
            <Sentences line={line} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Sentences({ line: { outcome, reason, facts } }: { readonly line: HealthLine }) {
  const { t, i18n } = useTranslation('doctor');
  const { date } = facts;
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeZone: 'UTC' });
  const values = { ...facts, date: date ? format.format(new Date(date)) : '' };
  const advice = `advice.${reason}`;
  return (
    <>
      <span className={lists.text}>{t(`found.${reason}`, values)}</span>
      {outcome !== 'ok' && i18n.exists(advice, { ns: 'doctor' }) && (
        <span className={lists.text}>{t(advice as 'advice.noAnchor', values)}</span>
      )}
    </>
  );
}
