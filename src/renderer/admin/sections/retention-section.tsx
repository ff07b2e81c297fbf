import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { retentionSchema } from '../../../contract/ipc/admin/settings.ts';
import { typedWholeNumber } from '../../../contract/model/typed-number.ts';
import { Field } from '../../ui/field.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import styles from '../app.module.css';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';

const KEPT = Object.freeze(['documents', 'records', 'customers', 'evidence', 'audit'] as const);
const RULES = Object.freeze(['recordsDays', 'customersDays'] as const);

/** What the station keeps, and when it goes. */
export function RetentionSection() {
  const { t } = useTranslation('admin');
  const { retention } = useSettings();
  const save = useAdmin((admin) => admin.save);
  const [days, setDays] = useState({
    recordsDays: String(retention.recordsDays),
    customersDays: String(retention.customersDays),
  });
  const [isSent, setSent] = useState(false);
  const [removed, setRemoved] = useState(0);
  const parsed = retentionSchema.safeParse({
    recordsDays: typedWholeNumber(days.recordsDays),
    customersDays: typedWholeNumber(days.customersDays),
  });
  const wrong = new Set(parsed.error?.issues.map(({ path }) => path[0]));
  const submit = () => {
    setSent(true);
    if (!parsed.success) return;
    setRemoved(0);
    void save(async (api) => {
      const result = await api.settings.saveRetention(parsed.data);
      setRemoved(result.removed);
      return result.view;
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
        <div className={styles.pair}>
          {RULES.map((rule) => (
            <Field
              key={rule}
              label={t(`retention.${rule}`)}
              inputMode="numeric"
              validationBehavior="aria"
              value={days[rule]}
              onChange={(typed) => setDays({ ...days, [rule]: typed })}
              error={isSent && wrong.has(rule) ? t(`retention.${rule}Wrong`) : undefined}
            />
          ))}
        </div>
      </Form>
      {removed > 0 && <p role="status">{t('retention.removed', { count: removed })}</p>}
    </SectionFrame>
  );
}
