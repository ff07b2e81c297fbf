import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import styles from './documents.module.css';

/** A protected document is opened where it is listed. The password leaves this window at once. */
export function UnlockForm({ id, wrongPassword }: { readonly id: string; readonly wrongPassword: boolean }) {
  const { t } = useTranslation('clerk');
  const unlock = useDesk((desk) => desk.unlock);
  const [password, setPassword] = useState('');
  return (
    <form
      className={styles.unlock}
      onSubmit={(event) => {
        event.preventDefault();
        setPassword('');
        void unlock(id, password);
      }}
    >
      <Field
        type="password"
        autoComplete="off"
        label={t('documents.password')}
        hint={t('documents.locked')}
        error={wrongPassword && password === '' ? t('documents.wrongPassword') : undefined}
        value={password}
        onChange={setPassword}
        maxLength={255}
      />
      <Button type="submit" isDisabled={password === ''}>
        {t('documents.unlock')}
      </Button>
    </form>
  );
}
