import { useTranslation } from 'react-i18next';
import type { TransactionView } from '../../../contract/ipc/transactions.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';
import { Panel } from '../panel.tsx';
import { BackToCaseButton } from './back-to-case-button.tsx';
import { CancelButton } from './cancel-button.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { StartAgainButton } from './start-again-button.tsx';

interface OfTransaction {
  readonly transaction: TransactionView;
}

interface EndedPanelProps extends OfTransaction {
  readonly state: 'cancelled' | 'expired';
}

export function EndedPanel({
  transaction: { id, application, declined, case: ofCase },
  state,
}: EndedPanelProps) {
  const { t } = useTranslation('clerk');
  const newCustomer = useDesk((desk) => desk.newCustomer);
  return (
    <Panel
      step="result"
      isStopped
      title={t(declined ? 'ended.declinedTitle' : `ended.${state}Title`)}
      actions={
        <>
          {ofCase === undefined ? (
            <Button kind="primary" size="large" icon="plus" wide onPress={() => void newCustomer()}>
              {t('newCustomer')}
            </Button>
          ) : (
            <BackToCaseButton id={ofCase} />
          )}
          {!application && ofCase === undefined && <StartAgainButton id={id} label={t('ended.startAgain')} />}
        </>
      }
    >
      <Notice kind="info">{t(declined ? 'ended.declinedText' : `ended.${state}Text`)}</Notice>
      {application && <Notice kind="info">{t('application.ended')}</Notice>}
      <EvidenceSection id={id} />
    </Panel>
  );
}

/** Signed, but the folder refused the files: nothing is lost, saving can be repeated. */
export function NotSavedPanel({ transaction }: OfTransaction) {
  const { t } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const working = useDesk((desk) => desk.working);
  return (
    <Panel
      step="result"
      title={t('ended.notSavedTitle')}
      text={transaction.signer}
      actions={
        <Button
          kind="primary"
          size="large"
          icon="folder"
          wide
          isDisabled={working}
          onPress={() => void act((api) => api.transactions.deliver({ id: transaction.id }))}
        >
          {t('ended.saveAgain')}
        </Button>
      }
    >
      <Notice kind="warn">{t('ended.notSavedText')}</Notice>
    </Panel>
  );
}

export function InterruptedPanel({ transaction }: OfTransaction) {
  const { t } = useTranslation('clerk');
  return (
    <Panel
      step="handOver"
      title={t('ended.interruptedTitle')}
      text={transaction.signer}
      actions={
        <>
          {transaction.case === undefined && (
            <StartAgainButton id={transaction.id} label={t('ended.startAgain')} />
          )}
          <CancelButton id={transaction.id} />
        </>
      }
    >
      <Notice kind="warn">{t('ended.interruptedText')}</Notice>
    </Panel>
  );
}
