import { useTranslation } from 'react-i18next';
import type { TransactionView } from '../../../contract/ipc/transactions.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Reference } from '../../ui/reference.tsx';
import { useDesk } from '../desk.ts';
import styles from '../panel.module.css';
import { Panel } from '../panel.tsx';
import { BackToCaseButton } from './back-to-case-button.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { RefusedNotice } from './refused-notice.tsx';
import { ResultDocuments } from './result-documents.tsx';

const fileName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;
const folderOf = (path: string): string => path.slice(0, -fileName(path).length - 1);

/** Last step: where the signed documents are. */
export function ResultPanel({ transaction }: { readonly transaction: TransactionView }) {
  const { t } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const newCustomer = useDesk((desk) => desk.newCustomer);
  const { id, signer, reference, deliveredTo, application, case: ofCase } = transaction;
  return (
    <Panel
      step="result"
      title={t('result.title')}
      text={signer}
      actions={
        ofCase === undefined ? (
          <Button kind="primary" size="large" icon="plus" wide onPress={() => void newCustomer()}>
            {t('result.next')}
          </Button>
        ) : (
          <BackToCaseButton id={ofCase} />
        )
      }
    >
      <Notice kind="good">{t(application ? 'application.signed' : 'result.text')}</Notice>
      <RefusedNotice transaction={transaction} />
      <dl className={styles.facts}>
        {!application && ofCase === undefined && (
          <>
            <dt>{t('result.savedIn')}</dt>
            <dd>{folderOf(deliveredTo[0] ?? '')}</dd>
          </>
        )}
        {reference !== undefined && (
          <>
            <dt>{t('result.reference')}</dt>
            <dd>
              <Reference value={reference} />
            </dd>
          </>
        )}
      </dl>
      {ofCase !== undefined && <Notice kind="info">{t('case.filesWait')}</Notice>}
      {ofCase === undefined && <ResultDocuments id={id} paths={deliveredTo} />}
      {!application && ofCase === undefined && (
        <Button
          kind="quiet"
          icon="folder"
          onPress={() => void act((api) => api.transactions.showResults({ id }))}
        >
          {t('result.showFolder')}
        </Button>
      )}
      <EvidenceSection id={id} />
    </Panel>
  );
}
