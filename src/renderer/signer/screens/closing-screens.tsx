import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Reference } from '../../ui/reference.tsx';
import { useCeremony } from '../ceremony.ts';
import { CertificateHelp } from '../certificate-help.tsx';
import styles from '../screen.module.css';
import { Screen } from '../screen.tsx';

export function SigningScreen() {
  const { t } = useTranslation(['signer', 'common']);
  const progress = useCeremony((ceremony) => ceremony.progress);
  return (
    <Screen title={t('signing.title')}>
      <p>{t('signing.text')}</p>
      {progress ? (
        <Progress
          label={t(`common:progress.${progress.step}`, { ...progress })}
          done={progress.document}
          total={progress.documents}
        />
      ) : (
        <Progress label={t('common:progress.signing')} />
      )}
    </Screen>
  );
}

export function DoneScreen() {
  const { t } = useTranslation('signer');
  const { signer, documents, reference } = useCeremony(({ view }) => view);
  const all = documents.filter(({ kind }) => kind === 'document');
  const toSign = all.filter(({ refused }) => !refused);
  const refused = all.filter((document) => document.refused);
  return (
    <Screen title={t('done.title', { name: signer })} actions={<FinishButton />}>
      <span className={styles.big}>
        <Icon name="check" size="3rem" />
      </span>
      <p className={styles.lead}>{t('done.text', { count: toSign.length })}</p>
      <ul>
        {toSign.map(({ id, name }) => (
          <li key={id} className={styles.row}>
            <Icon name="document" /> {name}
          </li>
        ))}
      </ul>
      {refused.length > 0 && (
        <>
          <p>{t('done.notSigned')}</p>
          <ul>
            {refused.map(({ id, name }) => (
              <li key={id} className={styles.row}>
                <Icon name="close" /> {name}
              </li>
            ))}
          </ul>
        </>
      )}
      {reference !== undefined && (
        <p>
          {t('code.reference')}: <Reference value={reference} />
        </p>
      )}
      <p>{t('done.copy')}</p>
      <p className={styles.quiet}>{t('done.certificate')}</p>
      <CertificateHelp />
    </Screen>
  );
}

export function DeclinedScreen() {
  const { t } = useTranslation('signer');
  return (
    <Screen title={t('declined.title')} actions={<FinishButton />}>
      <span className={styles.big} data-kind="neutral">
        <Icon name="close" size="3rem" />
      </span>
      <p className={styles.lead}>{t('declined.text')}</p>
    </Screen>
  );
}

/** On a display of their own the signer ends it; a turned screen goes back by the clerk's PIN (top bar). */
function FinishButton() {
  const { t } = useTranslation('signer');
  const sharedScreen = useCeremony(({ view }) => view.sharedScreen);
  const act = useCeremony((ceremony) => ceremony.act);
  if (sharedScreen) return null;
  return (
    <>
      <span />
      <Button kind="primary" size="large" onPress={() => void act((api) => api.giveBack({}))}>
        {t('done.finish')}
      </Button>
    </>
  );
}
