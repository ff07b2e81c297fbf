import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { useAdmin } from './admin.ts';
import styles from './app.module.css';

interface FormProps {
  readonly children: ReactNode;
  /** Words of the button that sends it; "Save" by default. */
  readonly submit?: string;
  /** Further buttons beside it. */
  readonly actions?: ReactNode;
  readonly onSubmit: () => void;
}

/** Fields and the one button that sends them; the Enter key does the same. */
export function Form({ children, submit, actions, onSubmit }: FormProps) {
  const { t } = useTranslation('admin');
  const working = useAdmin((admin) => admin.working);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!working) onSubmit();
      }}
    >
      {children}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" isDisabled={working}>
          {working ? t('working') : (submit ?? t('save'))}
        </Button>
        {actions}
      </div>
    </form>
  );
}
