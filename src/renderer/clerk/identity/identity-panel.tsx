import { useEffect } from 'react';
import { Controller, type FieldPath, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { DraftForm } from '../../../contract/model/draft.ts';
import { ID_DOCUMENT_TYPES, type Identity, type IdentityInput } from '../../../contract/model/identity.ts';
import type { MachineReadable } from '../../../contract/model/machine-readable-zone.ts';
import { judgeNumber } from '../../../contract/model/national-number.ts';
import { LANGUAGE_CHOICES } from '../../i18n/start.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useDesk } from '../desk.ts';
import styles from '../panel.module.css';
import { Panel } from '../panel.tsx';
import { countryChoices } from './countries.ts';
import { IdPictures } from './id-pictures.tsx';
import { completedPhone, identityResolver } from './identity-resolver.ts';
import { ReturningCustomer } from './returning-customer.tsx';

const EMPTY = {
  givenName: '',
  surname1: '',
  surname2: '',
  idDocument: { type: 'IDC', country: 'ES', number: '' },
  email: '',
  mobilePhone: '',
} satisfies Required<Omit<IdentityInput, 'language'>>;

/** Second step: the signer as their identity document says. Judged by the schema that main uses too. */
export function IdentityPanel() {
  const { t, i18n } = useTranslation('clerk');
  const identify = useDesk((desk) => desk.identify);
  const known = useDesk((desk) => desk.identity);
  const typed = useDesk((desk) => desk.form);
  const setForm = useDesk((desk) => desk.setForm);
  const channel = useDesk((desk) => desk.station.codeChannel);
  const go = useDesk((desk) => desk.go);
  const language = useDesk((desk) => desk.station.signerLanguage);
  const form = useForm<IdentityInput, unknown, Identity>({
    resolver: identityResolver({
      windowLanguage: i18n.language,
      channel,
      emailNeeded: t('identity.emailNeeded'),
    }),
    defaultValues: (typed ?? known ?? { ...EMPTY, language }) as IdentityInput,
    mode: 'onTouched',
  });
  // What was typed stays, wherever the clerk goes meanwhile.
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => setForm(values as DraftForm),
      }),
    [form, setForm],
  );
  const complete = () => {
    const phone = completedPhone(form.getValues());
    if (phone !== form.getValues('mobilePhone'))
      form.setValue('mobilePhone', phone, { shouldValidate: true });
  };
  const fillIn = ({ expired: _, idDocument, ...names }: MachineReadable) => {
    const { givenName = '', surname1 = '', surname2 = '' } = names;
    form.reset(
      { ...form.getValues(), givenName, surname1, surname2, idDocument },
      { keepDefaultValues: true },
    );
  };
  const { type, country, number } = useWatch({ control: form.control, name: 'idDocument' });
  const doubt = judgeNumber(type, country, number);
  // What was filled in for the clerk needs no offer.
  const isTyped = form.formState.dirtyFields.idDocument !== undefined;
  const submit = form.handleSubmit(identify);

  const text = (name: FieldPath<IdentityInput>, label: string, more: object = {}) => (
    <Controller
      name={name}
      control={form.control}
      render={({ field: { value, onChange, onBlur, ref, ...field }, fieldState }) => (
        <Field
          {...field}
          {...more}
          inputRef={ref}
          label={label}
          value={typeof value === 'string' ? value : ''}
          onBlur={() => {
            onBlur();
            if (name === 'mobilePhone') complete();
          }}
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
        {/* Enter in any field goes on. */}
        <button type="submit" hidden />
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
        <details className={`${styles.whole} ${styles.help}`}>
          <summary>{t('pictures.title')}</summary>
          <IdPictures onRead={fillIn} />
        </details>
        <div className={styles.whole}>
          {text('idDocument.number', t('identity.documentNumber'), {
            autoFocus: true,
            warning:
              doubt?.judgement === 'doubtful'
                ? t('identity.numberDoubtful', { name: doubt.name })
                : undefined,
          })}
        </div>
        <ReturningCustomer
          control={form.control}
          isTyped={isTyped}
          onUse={(identity) => {
            setForm(identity);
            identify(identity);
          }}
        />
        <div className={styles.whole}>
          {text('givenName', t('identity.givenName'), { hint: t('identity.oneName') })}
        </div>
        {text('surname1', t('identity.surname1'))}
        {text('surname2', t('identity.surname2'))}
        <div className={styles.whole}>
          {text('email', t(channel === 'email' ? 'identity.email' : 'identity.emailOptional'), {
            type: 'email',
            inputMode: 'email',
          })}
        </div>
        <div className={styles.whole}>
          {text('mobilePhone', t('identity.mobilePhone'), { type: 'tel', hint: t('identity.mobileHint') })}
          <details className={styles.help}>
            <summary>{t('identity.noMobile.question')}</summary>
            <p>{t(`identity.noMobile.${channel ?? 'sms'}`)}</p>
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
