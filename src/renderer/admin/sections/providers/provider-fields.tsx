import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import styles from '../../app.module.css';
import type { FieldsProps } from './provider-screen.ts';
import { PROVIDER_SCREENS, type ProviderDraft, type ProviderKind } from './provider-screens.ts';

interface ProviderFieldsProps extends FieldsProps<ProviderDraft> {
  readonly kind: ProviderKind;
  readonly isIncomplete: boolean;
}

/** Address and particulars of a provider other than our own service. */
export function ProviderFields({ kind, isIncomplete, ...props }: ProviderFieldsProps) {
  const { t } = useTranslation('admin');
  const { draft, onChange } = props;
  const { Fields } = PROVIDER_SCREENS[kind];
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
        <Fields {...props} />
      </div>
    </>
  );
}
