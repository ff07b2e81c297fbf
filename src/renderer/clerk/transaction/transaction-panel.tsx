import { useTranslation } from 'react-i18next';
import type { TransactionView } from '../../../contract/ipc/transactions.ts';
import { Progress } from '../../ui/progress.tsx';
import { useDesk } from '../desk.ts';
import { Panel } from '../panel.tsx';
import { ApplicationPanel } from './application-panel.tsx';
import { EndedPanel, InterruptedPanel, NotSavedPanel } from './ended-panels.tsx';
import { FollowPanel } from './follow-panel.tsx';
import { HandOverPanel } from './hand-over-panel.tsx';
import { ResultPanel } from './result-panel.tsx';

const ENDED: readonly TransactionView['state'][] = ['signed', 'delivered', 'cancelled', 'expired'];

/** The step at which a transaction is: decided by its state alone, so that a restart shows the same. */
export function TransactionPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation('clerk');
  const transaction = useDesk((desk) => desk.transactions?.find((one) => one.id === id));
  if (!transaction)
    return <Panel step="handOver" title={t('steps.handOver')} actions={<Progress label={t('working')} />} />;
  return <StepOf transaction={transaction} />;
}

function StepOf({ transaction }: { readonly transaction: TransactionView }) {
  if (transaction.follow && transaction.follow.step !== 'done' && transaction.follow.step !== 'declined') {
    return <FollowPanel transaction={transaction} follow={transaction.follow} />;
  }
  const { state, application } = transaction;
  if (application && application.next !== 'desk' && !ENDED.includes(state)) {
    return <ApplicationPanel transaction={transaction} next={application.next} />;
  }
  switch (state) {
    case 'registered':
      // What an application began is prepared when it is handed over.
      if (application) return <HandOverPanel transaction={transaction} />;
      return <InterruptedPanel transaction={transaction} />;
    case 'created':
      return <InterruptedPanel transaction={transaction} />;
    case 'prepared':
    case 'reviewed':
    case 'otpSent':
    case 'signing':
      return <HandOverPanel transaction={transaction} />;
    case 'signed':
      return <NotSavedPanel transaction={transaction} />;
    case 'delivered':
      return <ResultPanel transaction={transaction} />;
    case 'cancelled':
    case 'expired':
      return <EndedPanel transaction={transaction} state={state} />;
  }
}
