import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransactionView } from '../../../contract/ipc/transactions.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';
import styles from '../panel.module.css';
import { Panel } from '../panel.tsx';
import { CancelButton } from './cancel-button.tsx';
import { RefusedNotice } from './refused-notice.tsx';
import { SignerDisplay } from './signer-display.tsx';
import { StartAgainButton } from './start-again-button.tsx';

const PIN = /^\d{4,12}$/;

/** Third step: the screen goes to the signer. */
export function HandOverPanel({ transaction }: { readonly transaction: TransactionView }) {
  const { t } = useTranslation('clerk');
  const station = useDesk((desk) => desk.station);
  const handOver = useDesk((desk) => desk.handOver);
  const working = useDesk((desk) => desk.working);
  const [pin, setPin] = useState('');
  const { id, signer, maskedPhone, documents, application, needsNetwork } = transaction;
  const interruption = useDesk((desk) => desk.interruption);
  const mayGo = !working && (!station.pinNeeded || PIN.test(pin));
  return (
    <Panel
      step="handOver"
      title={t('handOver.title')}
      actions={
        <>
          <Button
            kind="primary"
            size="large"
            icon="screen"
            wide
            isDisabled={!mayGo}
            onPress={() => void handOver(id, station.pinNeeded ? pin : undefined)}
          >
            {t('handOver.start')}
          </Button>
          {!application && transaction.case === undefined && (
            <StartAgainButton id={id} kind="quiet" label={t('handOver.correct')} />
          )}
          <CancelButton id={id} />
        </>
      }
    >
      {interruption?.id === id && (
        <Notice kind="warn">{t(`handOver.interrupted.${interruption.reason}`)}</Notice>
      )}
      <dl className={styles.facts}>
        <dt>{t('handOver.signer')}</dt>
        <dd>{signer}</dd>
        <dt>{t('handOver.phone')}</dt>
        <dd>{maskedPhone}</dd>
        <dt>{t('handOver.documents')}</dt>
        <dd>{documents.length}</dd>
      </dl>
      <RefusedNotice transaction={transaction} />
      {needsNetwork && <Notice kind="info">{t('handOver.needsNetwork')}</Notice>}
      {application && <Notice kind="info">{t('application.desk')}</Notice>}
      <SignerDisplay />
      <Notice kind="info">
        {station.hasSecondDisplay ? t('handOver.secondDisplay') : t('handOver.turned')}
      </Notice>
      {station.pinNeeded && (
        <Field
          label={t('handOver.choosePin')}
          hint={t('handOver.pinHint')}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={setPin}
        />
      )}
    </Panel>
  );
}
