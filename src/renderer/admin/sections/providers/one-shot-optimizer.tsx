import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { useSettings } from '../../admin.ts';
import type { FieldsProps, ProviderScreen } from './provider-screen.ts';

export interface OneShotOptimizerDraft {
  readonly dialect: 'classic' | 'newer';
  readonly profile: string;
  readonly billing: string;
}

const EMPTY: OneShotOptimizerDraft = Object.freeze({ dialect: 'classic', profile: 'PFnubeNC', billing: '' });

/** An Optimizer of the vendor; its officer has a section of their own. */
export const oneShotOptimizerScreen: ProviderScreen<OneShotOptimizerDraft> = {
  words: (t) => ({ label: t('service.vendor'), text: t('service.vendorText') }),
  draftOf(choice) {
    if (choice.kind !== 'one-shot-optimizer') return EMPTY;
    const { dialect, profile, billingUsername = '' } = choice;
    return { dialect, profile, billing: billingUsername };
  },
  choiceOf: ({ dialect, profile, billing }) => ({
    ...{ dialect, profile },
    ...(billing.trim() !== '' && { billingUsername: billing }),
  }),
  Fields: OneShotOptimizerFields,
};

function OneShotOptimizerFields({ draft, secrets, onChange, onSecrets }: FieldsProps<OneShotOptimizerDraft>) {
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
