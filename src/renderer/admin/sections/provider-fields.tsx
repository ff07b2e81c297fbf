import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useSettings } from '../admin.ts';
import styles from '../app.module.css';
import type { ProviderDraft } from './provider-choice.ts';

/** What is typed beside the choice, and never shown again. */
export interface ProviderSecretsTyped {
  readonly secret: string;
  readonly pin: string;
  readonly billingPassword: string;
}

interface ProviderFieldsProps {
  readonly kind: 'csc' | 'one-shot-optimizer';
  readonly draft: ProviderDraft;
  readonly secrets: ProviderSecretsTyped;
  readonly isIncomplete: boolean;
  readonly onChange: (changes: Partial<ProviderDraft>) => void;
  readonly onSecrets: (changes: Partial<ProviderSecretsTyped>) => void;
}

/** Address and particulars of a provider other than our own service. */
export function ProviderFields(props: ProviderFieldsProps) {
  const { t } = useTranslation('admin');
  const { kind, draft, isIncomplete, onChange } = props;
  return (
    <>
      <Field
        label={t('service.provider.providerUrl')}
        hint={t('service.provider.providerUrlHint')}
        type="url"
        inputMode="url"
        validationBehavior="aria"
        value={draft.url}
        onChange={(url) => onChange({ url })}
        error={isIncomplete ? t('service.provider.incomplete') : undefined}
      />
      <div className={styles.pair}>
        <Select
          label={t('service.provider.environment')}
          value={draft.environment}
          onChange={(environment) => onChange({ environment })}
          choices={(['production', 'sandbox'] as const).map((value) => ({
            value,
            label: t(`service.provider.${value}`),
          }))}
        />
        {kind === 'csc' ? <CscFields {...props} /> : <VendorFields {...props} />}
      </div>
    </>
  );
}

function CscFields({ draft, secrets, onChange, onSecrets }: ProviderFieldsProps) {
  const { t } = useTranslation('admin');
  const { providerSecret, providerPin } = useSettings();
  const isAdmitted = draft.admission !== 'none';
  return (
    <>
      <Select
        label={t('service.provider.version')}
        value={draft.version}
        onChange={(version) => onChange({ version })}
        choices={[
          { value: '2', label: '2.0' },
          { value: '1', label: '1.0.4' },
        ]}
      />
      <Select
        label={t('service.provider.admission')}
        value={draft.admission}
        onChange={(admission) => onChange({ admission })}
        choices={(['client', 'basic', 'none'] as const).map((value) => ({
          value,
          label: t(`service.provider.admissions.${value}`),
        }))}
      />
      {isAdmitted && (
        <>
          <Field
            label={t('service.provider.client')}
            autoComplete="off"
            value={draft.client}
            onChange={(client) => onChange({ client })}
          />
          <Field
            label={t('service.provider.secret')}
            type="password"
            autoComplete="off"
            value={secrets.secret}
            onChange={(secret) => onSecrets({ secret })}
            hint={t(providerSecret ? 'officer.stored' : 'officer.notStored')}
          />
        </>
      )}
      <Select
        label={t('service.provider.key')}
        value={draft.key}
        onChange={(key) => onChange({ key })}
        choices={(['document', 'email', 'phone', 'listed', 'fixed'] as const).map((value) => ({
          value,
          label: t(`service.provider.keys.${value}`),
        }))}
      />
      {draft.key === 'fixed' && (
        <Field
          label={t('service.provider.keyName')}
          autoComplete="off"
          value={draft.keyName}
          onChange={(keyName) => onChange({ keyName })}
        />
      )}
      <Field
        label={t('service.provider.pin')}
        type="password"
        autoComplete="off"
        value={secrets.pin}
        onChange={(pin) => onSecrets({ pin })}
        hint={t(providerPin ? 'officer.stored' : 'officer.notStored')}
      />
      <Select
        label={t('service.provider.signs')}
        value={draft.signs}
        onChange={(signs) => onChange({ signs })}
        choices={[
          { value: 'hash', label: t('service.provider.signsHash') },
          { value: 'document', label: t('service.provider.signsDocument') },
        ]}
      />
    </>
  );
}

function VendorFields({ draft, secrets, onChange, onSecrets }: ProviderFieldsProps) {
  const { t } = useTranslation('admin');
  const { billingPassword } = useSettings();
  return (
    <>
      <Select
        label={t('service.provider.dialect')}
        value={draft.dialect}
        onChange={(dialect) => onChange({ dialect })}
        choices={(['classic', 'newer'] as const).map((value) => ({
          value,
          label: t(`service.provider.${value}`),
        }))}
      />
      <Field
        label={t('service.profile')}
        value={draft.profile}
        onChange={(profile) => onChange({ profile })}
      />
      <Field
        label={t('service.provider.billing')}
        autoComplete="off"
        value={draft.billing}
        onChange={(billing) => onChange({ billing })}
      />
      <Field
        label={t('service.provider.billingPassword')}
        type="password"
        autoComplete="off"
        value={secrets.billingPassword}
        onChange={(typed) => onSecrets({ billingPassword: typed })}
        hint={t(billingPassword ? 'officer.stored' : 'officer.notStored')}
      />
    </>
  );
}
