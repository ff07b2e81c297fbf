import { useTranslation } from 'react-i18next';
import { OutputButtons } from '../output-buttons.tsx';
import styles from '../panel.module.css';

/** The evidence of an ended transaction, whatever became of it. */
export function EvidenceSection({ id }: { readonly id: string }) {
  const { t } = useTranslation('results');
  return (
    <section className={styles.phone}>
      <h2 className={styles.heading}>{t('evidence.title')}</h2>
      <p>{t('evidence.text')}</p>
      <OutputButtons
        save={{ label: t('evidence.save'), act: (api) => api.results.saveEvidence({ id }) }}
        print={{ label: t('evidence.print'), act: (api) => api.results.printEvidence({ id }) }}
      />
    </section>
  );
}
