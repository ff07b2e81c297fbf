import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OssError, toOssError } from '../../contract/errors.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { useDesk } from './desk.ts';
import styles from './panel.module.css';

/** On a computer without keychain the service cannot be reached before the passphrase was entered. */
export function UnlockPanel() {
  const { t } = useTranslation('clerk');
  const openSecrets = useDesk((desk) => desk.openSecrets);
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<OssError>();
  const [isTrying, setTrying] = useState(false);
  const submit = async () => {
    setTrying(true);
    setError(undefined);
    await openSecrets(passphrase).catch((thrown: unknown) => setError(toOssError(thrown)));
    setPassphrase('');
    setTrying(false);
  };
  const sentence =
    error?.code === 'OSS_RATE_LIMITED'
      ? t('unlock.wait', { seconds: Number(error.details.seconds ?? 0) })
      : error && t('unlock.wrong');
  return (
    <form
      className={styles.panel}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== '' && !isTrying) void submit();
      }}
    >
      <header className={styles.header}>
        <h1 className={styles.title}>{t('unlock.title')}</h1>
        <p className={styles.text}>{t('unlock.text')}</p>
      </header>
      <div className={styles.body}>
        <Field
          label={t('unlock.passphrase')}
          type="password"
          autoComplete="off"
          validationBehavior="aria"
          autoFocus
          value={passphrase}
          onChange={setPassphrase}
          error={sentence}
        />
      </div>
      <footer className={styles.footer}>
        <Button kind="primary" size="large" wide type="submit" isDisabled={isTrying}>
          {t('unlock.open')}
        </Button>
      </footer>
    </form>
  );
}
