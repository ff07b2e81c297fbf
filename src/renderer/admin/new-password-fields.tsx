import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { weaknessOf } from '../../contract/model/admin-password.ts';
import { Field } from '../ui/field.tsx';

export interface NewPassword {
  readonly typed: string;
  readonly repeated: string;
}

/** The two entries of a password that is being chosen, and what is wrong with them once they were sent. */
export function useNewPassword() {
  const [value, setValue] = useState<NewPassword>({ typed: '', repeated: '' });
  const [isSent, setSent] = useState(false);
  return {
    value,
    setValue,
    isSent,
    /** @returns the password, if it may be taken */
    take(): string | undefined {
      setSent(true);
      const isGood = weaknessOf(value.typed) === undefined && value.typed === value.repeated;
      return isGood ? value.typed : undefined;
    },
    clear() {
      setValue({ typed: '', repeated: '' });
      setSent(false);
    },
  };
}

interface NewPasswordFieldsProps {
  readonly label: string;
  readonly password: ReturnType<typeof useNewPassword>;
  readonly autoFocus?: boolean;
}

/** Chosen by the rule in words, typed twice. */
export function NewPasswordFields({ label, password, autoFocus = false }: NewPasswordFieldsProps) {
  const { t } = useTranslation('admin');
  const { value, setValue, isSent } = password;
  const weakness = weaknessOf(value.typed);
  const differs = value.typed !== value.repeated;
  return (
    <>
      <Field
        label={label}
        type="password"
        autoComplete="new-password"
        validationBehavior="aria"
        autoFocus={autoFocus}
        value={value.typed}
        onChange={(typed) => setValue({ ...value, typed })}
        hint={t('password.rule')}
        error={isSent && weakness ? t(`password.${weakness}`) : undefined}
      />
      <Field
        label={t('gate.repeat')}
        type="password"
        autoComplete="new-password"
        validationBehavior="aria"
        value={value.repeated}
        onChange={(repeated) => setValue({ ...value, repeated })}
        error={isSent && !weakness && differs ? t('gate.differs') : undefined}
      />
    </>
  );
}
