import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { retentionSchema } from '../../../contract/ipc/admin/settings.ts';
import { Field } from '../../ui/field.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import styles from '../app.module.css';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';

const KEPT = Object.freeze(['documents', 'records', 'audit'] as const);

/** What the station keeps, and when it goes. */
export function RetentionSection() {
  const { t } = useTranslation('admin');
  const { retention } = useSettings();
  const save = useAdmin((admin) => admin.save);
  const [days, setDays] = useState(String(retention.recordsDays));
  const [isSent, setSent] = useState(false);
  const [removed, setRemoved] = useState(0);
  const parsed = retentionSchema.safeParse({ recordsDays: /^\d+$/.test(days) ? Number(days) : undefined });
  const submit = () => {
    setSent(true);
    if (!parsed.success) return;
    setRemoved(0);
    void save(async (api) => {
      const answer = await api.settings.saveRetention(parsed.data);
      setRemoved(answer.removed);
      return answer.view;
    }, t('saved'));
  };
  return (
    <SectionFrame section="retention" text={t('retention.text')}>
      <dl className={styles.form}>
        {KEPT.map((kind) => (
          <div key={kind}>
            <dt className={styles.heading}>{t(`retention.${kind}`)}</dt>
            <dd className={styles.text}>{t(`retention.${kind}Text`)}</dd>
          </div>
        ))}
      </dl>
      <Form onSubmit={submit}>
        <Field
          label={t('retention.days')}
          inputMode="numeric"
          validationBehavior="aria"
          value={days}
          onChange={setDays}
          error={isSent && !parsed.success ? t('retention.daysWrong') : undefined}
        />
      </Form>
      {removed > 0 && <p role="status">{t('retention.removed', { count: removed })}</p>}
    </SectionFrame>
  );
}
