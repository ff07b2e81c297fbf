import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, type FieldPath, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import {
  ID_DOCUMENT_TYPES,
  type Identity,
  type IdentityInput,
  identitySchema,
} from '../../../contract/model/identity.ts';
import { LANGUAGES } from '../../../contract/model/language.ts';
import { LANGUAGE_NAMES } from '../../i18n/start.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useDesk } from '../desk.ts';
import styles from '../panel.module.css';
import { Panel } from '../panel.tsx';
import { countryChoices } from './countries.ts';

const EMPTY: IdentityInput = {
  givenName: '',
  surname1: '',
  idDocument: { type: 'IDC', country: 'ES', number: '' },
  email: '',
  mobilePhone: '',
};

/** Second step: the signer as their identity document says. Judged by the schema that main uses too. */
export function IdentityPanel() {
  const { t, i18n } = useTranslation('clerk');
  const register = useDesk((desk) => desk.register);
  const working = useDesk((desk) => desk.working);
  const go = useDesk((desk) => desk.go);
  const language = useDesk((desk) => desk.station.language);
  const known = useDesk((desk) => desk.known);
  const form = useForm<IdentityInput, unknown, Identity>({
    resolver: zodResolver(identitySchema),
    defaultValues: known ?? { ...EMPTY, language },
    mode: 'onTouched',
  });
  const submit = form.handleSubmit((identity) => register(identity));

  const text = (name: FieldPath<IdentityInput>, label: string, more: object = {}) => (
    <Controller
      name={name}
      control={form.control}
      render={({ field: { value, onChange, onBlur, ref: _, ...field }, fieldState }) => (
        <Field
          {...field}
          {...more}
          label={label}
          value={typeof value === 'string' ? value : ''}
          onBlur={onBlur}
          onChange={(typed: string) => onChange(typed === '' && name === 'surname2' ? undefined : typed)}
          error={fieldState.error?.message}
          validationBehavior="aria"
          autoComplete="off"
        />
      )}
    />
  );

  return (
    <Panel
      step="identity"
      title={t('identity.title')}
      text={t('identity.text')}
      actions={
        <>
          <Button kind="primary" size="large" wide isDisabled={working} onPress={() => void submit()}>
            {working ? t('identity.registering') : t('identity.register')}
          </Button>
          <Button kind="quiet" isDisabled={working} onPress={() => go({ kind: 'documents' })}>
            {t('identity.back')}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className={styles.whole}>{text('givenName', t('identity.givenName'), { autoFocus: true })}</div>
        {text('surname1', t('identity.surname1'))}
        {text('surname2', t('identity.surname2'))}
        <Controller
          name="idDocument.type"
          control={form.control}
          render={({ field }) => (
            <Select
              label={t('identity.documentType')}
              value={field.value}
              choices={ID_DOCUMENT_TYPES.map((value) => ({ value, label: t(`identity.types.${value}`) }))}
              onChange={field.onChange}
            />
          )}
        />
        <Controller
          name="idDocument.country"
          control={form.control}
          render={({ field }) => (
            <Select
              label={t('identity.documentCountry')}
              value={field.value}
              choices={countryChoices(i18n.language)}
              onChange={field.onChange}
            />
          )}
        />
        <div className={styles.whole}>{text('idDocument.number', t('identity.documentNumber'))}</div>
        <div className={styles.whole}>
          {text('email', t('identity.email'), { type: 'email', inputMode: 'email' })}
        </div>
        <div className={styles.whole}>
          {text('mobilePhone', t('identity.mobilePhone'), { type: 'tel', hint: t('identity.mobileHint') })}
        </div>
        <div className={styles.whole}>
          <Controller
            name="language"
            control={form.control}
            render={({ field }) => (
              <Select
                label={t('identity.language')}
                value={field.value ?? language}
                choices={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], language: value }))}
                onChange={field.onChange}
              />
            )}
          />
        </div>
      </form>
    </Panel>
  );
}
