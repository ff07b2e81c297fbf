import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../contract/ipc/cases.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useDesk } from '../desk.ts';
import styles from '../panel.module.css';
import { Panel } from '../panel.tsx';
import { EvidenceSection } from '../transaction/evidence-section.tsx';
import { ResultDocuments } from '../transaction/result-documents.tsx';

const ICONS = Object.freeze({
  waiting: 'clock',
  signing: 'pen',
  signed: 'check',
  declined: 'close',
} as const satisfies Record<CaseView['signers'][number]['state'], IconName>);

/** Where a case is: who has signed, who is next, and in the end what came of it. */
export function CasePanel({ id }: { readonly id: string }) {
  const { t } = useTranslation('clerk');
  const view = useDesk((desk) => desk.cases.find((one) => one.id === id));
  if (!view)
    return <Panel step="handOver" title={t('case.title')} actions={<Progress label={t('working')} />} />;
  return view.state === 'open' ? <OpenCase view={view} /> : <EndedCase view={view} state={view.state} />;
}

function OpenCase({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation('clerk');
  const { id, signers, possible } = view;
  const beginSigner = useDesk((desk) => desk.beginSigner);
  const sealCase = useDesk((desk) => desk.sealCase);
  const go = useDesk((desk) => desk.go);
  const working = useDesk((desk) => desk.working);
  const error = useDesk((desk) => desk.error);
  const [password, setPassword] = useState('');
  const isLocked = error?.code === 'OSS_PDF_PASSWORD_NEEDED';
  const begin = (signer: number) => {
    const start = signers[signer]?.isSeal ? sealCase : beginSigner;
    void start(id, signer, password === '' ? undefined : password);
  };
  const next = possible.find((index) => signers[index]?.state === 'waiting');
  const signing = signers.find(({ state }) => state === 'signing');
  return (
    <Panel
      step="handOver"
      title={t('case.title')}
      text={t('case.text')}
      actions={
        <>
          {signing?.transaction !== undefined && (
            <Button
              kind="primary"
              size="large"
              icon="screen"
              wide
              onPress={() => go({ kind: 'transaction', id: signing.transaction ?? '' })}
            >
              {t('case.goOn', { name: signing.name })}
            </Button>
          )}
          {next !== undefined && (
            <Button
              kind="primary"
              size="large"
              icon={signers[next]?.isSeal ? 'pen' : 'screen'}
              wide
              isDisabled={working}
              onPress={() => begin(next)}
            >
              {working
                ? t(signers[next]?.isSeal ? 'working' : 'identity.registering')
                : t(signers[next]?.isSeal ? 'case.sealNow' : 'case.begin', { name: signers[next]?.name })}
            </Button>
          )}
          {!signing && <CloseButton view={view} isOnlyWay={next === undefined} />}
        </>
      }
    >
      <Signers view={view} begin={working ? undefined : begin} next={next} />
      {isLocked && (
        <Field
          type="password"
          label={t('documents.password')}
          value={password}
          onChange={setPassword}
          autoComplete="off"
        />
      )}
      {next !== undefined && <Notice kind="info">{t('case.pause')}</Notice>}
    </Panel>
  );
}

interface SignersProps {
  readonly view: CaseView;
  /** Absent while nobody can begin. */
  readonly begin?: ((signer: number) => void) | undefined;
  /** Who has the primary action already. */
  readonly next?: number | undefined;
}

function Signers({ view: { signers, possible, documents }, begin, next }: SignersProps) {
  const { t, i18n } = useTranslation('clerk');
  const list = new Intl.ListFormat(i18n.language);
  return (
    <ol className={styles.signers} aria-label={t('case.signers')}>
      {signers.map(({ name, state, refused, documents: own, maskedPhone, isSeal }, index) => (
        <li key={`${name} ${maskedPhone}`}>
          <p>
            <strong>{name}</strong>
          </p>
          <p className={styles.state} data-state={state}>
            <Icon name={ICONS[state]} size="1.1em" /> {t(`case.state.${state}`)}
          </p>
          {own.length < documents.length && <p>{t('case.only', { names: list.format(own) })}</p>}
          {refused.length > 0 && <p>{t('refused', { names: list.format(refused) })}</p>}
          {begin && possible.includes(index) && index !== next && (
            <Button kind="quiet" onPress={() => begin(index)}>
              {t(isSeal ? 'case.sealNow' : state === 'declined' ? 'case.askAgain' : 'case.begin', { name })}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}

function CloseButton({ view, isOnlyWay }: { readonly view: CaseView; readonly isOnlyWay: boolean }) {
  const { t } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const working = useDesk((desk) => desk.working);
  const [isAsking, setAsking] = useState(false);
  const isSigned = view.signers.some(({ state }) => state === 'signed');
  return (
    <>
      <Button
        kind={isOnlyWay ? 'primary' : 'quiet'}
        size={isOnlyWay ? 'large' : 'normal'}
        wide={isOnlyWay}
        isDisabled={working}
        onPress={() => setAsking(true)}
      >
        {t('case.close')}
      </Button>
      <Dialog
        isOpen={isAsking}
        title={t('case.closeTitle')}
        confirm={t('case.closeConfirm')}
        cancel={t('cancelDialog.keep')}
        isDestructive={!isSigned}
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void act((api) => api.cases.close({ id: view.id }));
        }}
      >
        {t(isSigned ? 'case.closeSigned' : 'case.closeUnsigned')}
      </Dialog>
    </>
  );
}

function EndedCase({
  view,
  state,
}: {
  readonly view: CaseView;
  readonly state: Exclude<CaseView['state'], 'open'>;
}) {
  const { t } = useTranslation('clerk');
  const newCustomer = useDesk((desk) => desk.newCustomer);
  const act = useDesk((desk) => desk.act);
  const { id, deliveredTo } = view;
  return (
    <Panel
      step="result"
      isStopped={state === 'unsigned'}
      title={t(`case.ended.${state}`)}
      actions={
        <Button kind="primary" size="large" icon="plus" wide onPress={() => void newCustomer()}>
          {t('result.next')}
        </Button>
      }
    >
      <Notice kind={state === 'complete' ? 'good' : 'warn'}>{t(`case.endedText.${state}`)}</Notice>
      <Signers view={view} />
      {deliveredTo.length > 0 && (
        <>
          <ResultDocuments id={id} paths={deliveredTo} />
          <Button
            kind="quiet"
            icon="folder"
            onPress={() => void act((api) => api.transactions.showResults({ id }))}
          >
            {t('result.showFolder')}
          </Button>
        </>
      )}
      <EvidenceSection id={id} />
    </Panel>
  );
}
