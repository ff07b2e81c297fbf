import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Follow, SIGNER_STEPS, type TransactionView } from '../../../contract/ipc/transactions.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type Step, StepList } from '../../ui/step-list.tsx';
import { useDesk } from '../desk.ts';
import styles from '../panel.module.css';
import { Panel } from '../panel.tsx';
import { CancelButton } from './cancel-button.tsx';
import { CodeDelivery } from './code-delivery.tsx';
import { RefusedNotice } from './refused-notice.tsx';
import { StartAgainButton } from './start-again-button.tsx';

interface FollowPanelProps {
  readonly transaction: TransactionView;
  readonly follow: Follow;
}

const TIMELINE = SIGNER_STEPS.filter((step) => step !== 'declined');

/** Fourth step: where the signer is. Never the digits of the code. */
export function FollowPanel({ transaction, follow }: FollowPanelProps) {
  const { t } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const now = SIGNER_STEPS.indexOf(follow.step);
  const detail = (step: (typeof TIMELINE)[number]) => {
    if (step === 'reading') return t('follow.pages', { shown: follow.pagesShown, pages: follow.pages });
    if (step === 'code' && follow.triesLeft !== undefined)
      return t('follow.tries', { count: follow.triesLeft });
    return undefined;
  };
  const steps = TIMELINE.map((step, index): Step => {
    const state = index < now ? 'done' : index === now ? 'now' : 'next';
    return { name: t(`follow.${step}`), state, detail: index <= now ? detail(step) : undefined };
  });
  return (
    <Panel
      step="follow"
      title={t('follow.title')}
      text={transaction.signer}
      actions={
        <Button
          size="large"
          wide
          isDisabled={follow.step === 'signing'}
          onPress={() => void act((api) => api.transactions.takeBack({ id: transaction.id }))}
        >
          {t('follow.takeBack')}
        </Button>
      }
    >
      <div aria-live="polite">
        <StepList label={t('follow.title')} steps={steps} />
      </div>
      <RefusedNotice transaction={transaction} />
      {follow.called && (
        <>
          <Notice kind="warn">{t('follow.called')}</Notice>
          <Button onPress={() => void act((api) => api.transactions.takeCall({ id: transaction.id }))}>
            {t('follow.takeCall')}
          </Button>
        </>
      )}
      {follow.codeUnconfirmed && <Notice kind="warn">{t('follow.codeUnconfirmed')}</Notice>}
      {follow.wrongNumber && (
        <>
          <Notice kind="warn">
            {t(transaction.application ? 'application.wrongNumber' : 'follow.wrongNumber')}
          </Notice>
          {transaction.application ? (
            <CancelButton id={transaction.id} />
          ) : (
            <StartAgainButton id={transaction.id} label={t('follow.correctNumber')} />
          )}
        </>
      )}
      {follow.step === 'code' && <CodeDelivery id={transaction.id} sentAt={transaction.updatedAt} />}
      {follow.step === 'code' && <SimulatedSms id={transaction.id} sentAt={transaction.updatedAt} />}
    </Panel>
  );
}

/** What the telephone would show; exists in the sandbox only. */
function SimulatedSms({ id, sentAt }: { readonly id: string; readonly sentAt: string }) {
  const { t } = useTranslation('clerk');
  const sandbox = useDesk((desk) => desk.station.sandbox);
  const act = useDesk((desk) => desk.act);
  const [text, setText] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the transaction may bring a new SMS
  useEffect(() => {
    if (sandbox) void act(async (api) => setText((await api.transactions.simulatedSms({ id })).at(-1)?.text));
  }, [sandbox, act, id, sentAt]);
  if (!sandbox) return null;
  return (
    <section className={styles.phone}>
      <h2 className={styles.heading}>{t('follow.simulatedSms')}</h2>
      <p>{t('follow.simulatedSmsText')}</p>
      <p className={styles.sms}>{text ?? t('follow.noSms')}</p>
    </section>
  );
}
