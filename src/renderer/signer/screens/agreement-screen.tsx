import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyDocument } from '../../../contract/ipc/ceremony.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useCeremony } from '../ceremony.ts';
import { CertificateHelp } from '../certificate-help.tsx';
import { DeclineButton } from '../decline-button.tsx';
import styles from '../screen.module.css';
import { Screen } from '../screen.tsx';
import { WrongNumber } from '../wrong-number.tsx';
import { isShownWhole } from './reading-state.ts';

/** The tick of the contract has no document. */
const CONTRACT = 'contract';

/** A tick for the contract and one for each document, none set beforehand; then the code is sent. */
export function AgreementScreen() {
  const { t } = useTranslation('signer');
  const { consents, documents, channel, codeGoesTo } = useCeremony(({ view }) => view);
  const act = useCeremony((ceremony) => ceremony.act);
  const working = useCeremony((ceremony) => ceremony.working);
  const workingLong = useCeremony((ceremony) => ceremony.workingLong);
  const stopWaiting = useCeremony((ceremony) => ceremony.stopWaiting);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [isReminded, setReminded] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const toSign = documents.filter(({ kind }) => kind === 'document');
  const agreed = toSign.filter(({ id }) => ticked.includes(id));
  const hasContract = consents.some(({ purpose }) => purpose === 'certificate');
  const isEnough = (!hasContract || ticked.includes(CONTRACT)) && agreed.length > 0;
  const reminder = hasContract ? t('agreement.tickFirst') : t('agreement.tickFirstDocument');
  const send = () => {
    setAsking(false);
    void act((api) => api.agree({ contract: true, documents: agreed.map(({ id }) => id) }));
  };
  const agree = () => {
    if (!isEnough) return setReminded(true);
    if (agreed.length < toSign.length) return setAsking(true);
    send();
  };
  return (
    <Screen
      title={t('agreement.title')}
      actions={
        <>
          <DeclineButton />
          <Button kind="primary" size="large" isDisabled={working} onPress={agree}>
            {working ? t('agreement.sending') : t('agreement.agree')}
          </Button>
        </>
      }
    >
      <p>{hasContract ? t('agreement.text') : t('agreement.textWithoutContract')}</p>
      <div className={styles.choices}>
        {consents.map((consent) => {
          const key = consent.purpose === 'document' ? consent.document : CONTRACT;
          const document = documents.find(({ id, kind }) => id === key || kind === key);
          if (document && !isShownWhole(document)) return <NotShown key={key} document={document} />;
          return (
            <Checkbox
              key={key}
              isSelected={ticked.includes(key)}
              onChange={(isTicked) =>
                setTicked((before) => [
                  ...before.filter((other) => other !== key),
                  ...(isTicked ? [key] : []),
                ])
              }
            >
              {consent.text}
            </Checkbox>
          );
        })}
      </div>
      {hasContract && <CertificateHelp />}
      <p role="status">{isReminded && !isEnough ? reminder : ''}</p>
      <p className={styles.row}>
        {codeGoesTo === ''
          ? t('agreement.phoneOfProvider')
          : t(`channel.${channel}.willGo`, { to: codeGoesTo })}{' '}
        {codeGoesTo !== '' && <WrongNumber />}
      </p>
      {workingLong && (
        <Notice kind="warn">
          {t('wait.long')}{' '}
          <Button kind="quiet" onPress={stopWaiting}>
            {t('wait.stop')}
          </Button>
        </Notice>
      )}
      <p className={styles.flush}>
        <Button kind="quiet" onPress={() => void act((api) => api.readAgain())}>
          {t('agreement.readAgain')}
        </Button>
      </p>
      <Dialog
        isOpen={isAsking}
        title={t('agreement.partTitle', { agreed: agreed.length, count: toSign.length })}
        confirm={t('agreement.partConfirm')}
        cancel={t('agreement.partBack')}
        onConfirm={send}
        onCancel={() => setAsking(false)}
      >
        <p>{t('agreement.partText')}</p>
        <ul>
          {toSign
            .filter(({ id }) => !ticked.includes(id))
            .map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
        </ul>
      </Dialog>
    </Screen>
  );
}

/** Nobody can agree to what could not be shown. */
function NotShown({ document }: { readonly document: CeremonyDocument }) {
  const { t } = useTranslation('signer');
  return (
    <div className={styles.notShown}>
      <strong>{document.kind === 'contract' ? t('reading.contract') : document.name}</strong>
      <p>{t('agreement.cannot')}</p>
    </div>
  );
}
