import { Controller, type FieldPath, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ID_DOCUMENT_TYPES, type Identity, type IdentityInput } from '../../../contract/model/identity.ts';
import { LANGUAGE_CHOICES } from '../../i18n/start.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useDesk } from '../desk.ts';
import styles from '../panel.module.css';
import { Panel } from '../panel.tsx';
import { countryChoices } from './countries.ts';
import { identityResolver } from './identity-resolver.ts';
import { ReturningCustomer } from './returning-customer.tsx';

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
  const identify = useDesk((desk) => desk.identify);
  const known = useDesk((desk) => desk.identity);
  const go = useDesk((desk) => desk.go);
  const language = useDesk((desk) => desk.station.signerLanguage);
  const form = useForm<IdentityInput, unknown, Identity>({
    resolver: identityResolver(i18n.language),
    defaultValues: known ?? { ...EMPTY, language },
    mode: 'onTouched',
  });
  // What was filled in for the clerk needs no offer.
  const isTyped = form.formState.dirtyFields.idDocument !== undefined;
  const submit = form.handleSubmit(identify);

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
          onChange={onChange}
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
          <Button kind="primary" size="large" wide onPress={() => void submit()}>
            {t('identity.continue')}
          </Button>
          <Button kind="quiet" onPress={() => go({ kind: 'documents' })}>
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
        <div className={styles.whole}>
          {text('idDocument.number', t('identity.documentNumber'), { autoFocus: true })}
        </div>
        <ReturningCustomer
          control={form.control}
          isTyped={isTyped}
          onUse={(identity) => form.reset(identity)}
        />
        <div className={styles.whole}>{text('givenName', t('identity.givenName'))}</div>
        {text('surname1', t('identity.surname1'))}
        {text('surname2', t('identity.surname2'))}
        <div className={styles.whole}>
          {text('email', t('identity.email'), { type: 'email', inputMode: 'email' })}
        </div>
        <div className={styles.whole}>
          {text('mobilePhone', t('identity.mobilePhone'), { type: 'tel', hint: t('identity.mobileHint') })}
          <details className={styles.help}>
            <summary>{t('identity.noMobile.question')}</summary>
            <p>{t('identity.noMobile.answer')}</p>
          </details>
        </div>
        <div className={styles.whole}>
          <Controller
            name="language"
            control={form.control}
            render={({ field }) => (
              <Select
                label={t('identity.language')}
                value={field.value ?? language}
                choices={LANGUAGE_CHOICES}
                onChange={field.onChange}
              />
            )}
          />
        </div>
      </form>
    </Panel>
  );
}
