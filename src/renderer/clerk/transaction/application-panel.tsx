import { useTranslation } from 'react-i18next';
import type { TransactionView } from '../../../contract/ipc/transactions.ts';
import { Notice } from '../../ui/notice.tsx';
import styles from '../panel.module.css';
import { Panel } from '../panel.tsx';
import { CancelButton } from './cancel-button.tsx';

interface ApplicationPanelProps {
  readonly transaction: TransactionView;
  readonly next: 'documents' | 'application';
}

/** A transaction that is still in the hands of the application that began it: the desk can only watch, or end it. */
export function ApplicationPanel({ transaction, next }: ApplicationPanelProps) {
  const { t } = useTranslation('clerk');
  const { id, signer, maskedPhone, documents } = transaction;
  return (
    <Panel step="handOver" title={t('application.title')} actions={<CancelButton id={id} />}>
      <dl className={styles.facts}>
        <dt>{t('handOver.signer')}</dt>
        <dd>{signer}</dd>
        <dt>{t('handOver.phone')}</dt>
        <dd>{maskedPhone}</dd>
        <dt>{t('handOver.documents')}</dt>
        <dd>{documents.length}</dd>
      </dl>
      <Notice kind="info">{t(`application.${next}`)}</Notice>
    </Panel>
  );
}
