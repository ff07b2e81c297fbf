import { useTranslation } from 'react-i18next';
import type { CscCredential } from '../../../../contract/model/provider.ts';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { useSettings } from '../../admin.ts';
import type { FieldsProps, ProviderScreen } from './provider-screen.ts';

export interface CscDraft {
  readonly version: '1' | '2';
  readonly admission: 'none' | 'basic' | 'client';
  readonly client: string;
  readonly key: 'document' | 'email' | 'phone' | 'listed' | 'fixed';
  readonly keyName: string;
  readonly signs: 'hash' | 'document';
}

const EMPTY: CscDraft = Object.freeze({
  version: '2',
  admission: 'client',
  client: '',
  key: 'document',
  keyName: '',
  signs: 'hash',
});
const KEY_OF = { 'document-number': 'document', email: 'email', phone: 'phone' } as const;
const USER_ID = { document: 'document-number', email: 'email', phone: 'phone' } as const;

const keyOf = (credential: CscCredential): CscDraft['key'] => {
  // A key that is only made when it signs needs a browser, which no administrator can choose.
  if (credential.type === 'one-shot') return EMPTY.key;
  return credential.type === 'of-signer' ? KEY_OF[credential.userId] : credential.type;
};

/** A provider that speaks the API of the Cloud Signature Consortium. */
export const cscScreen: ProviderScreen<CscDraft> = {
  words: (t) => ({ label: t('service.csc'), text: t('service.cscText') }),
  draftOf(choice) {
    if (choice.kind !== 'csc') return EMPTY;
    const { version, authorisation, credential, signs } = choice;
    const isBasic = authorisation.type === 'basic';
    return {
      ...{ version, signs },
      admission: authorisation.type === 'none' ? 'none' : isBasic ? 'basic' : 'client',
      client: authorisation.type === 'none' ? '' : isBasic ? authorisation.username : authorisation.clientId,
      key: keyOf(credential),
      keyName: credential.type === 'fixed' ? credential.id : '',
    };
  },
  choiceOf: ({ version, admission, client, key, keyName, signs }) => ({
    ...{ version, signs },
    authorisation:
      admission === 'none'
        ? { type: 'none' }
        : admission === 'basic'
          ? { type: 'basic', username: client }
          : { type: 'client-credentials', clientId: client },
    credential:
      key === 'fixed'
        ? { type: 'fixed', id: keyName }
        : key === 'listed'
          ? { type: 'listed' }
          : { type: 'of-signer', userId: USER_ID[key] },
  }),
  Fields: CscFields,
};

function CscFields({ draft, secrets, onChange, onSecrets }: FieldsProps<CscDraft>) {
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
