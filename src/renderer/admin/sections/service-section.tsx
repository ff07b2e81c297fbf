import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionTest } from '../../../contract/ipc/admin/connection-test.ts';
import { type ServiceChoice, serviceChoiceSchema } from '../../../contract/ipc/admin/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';
import { ConnectionFindings } from './connection-findings.tsx';
import { ProviderFields } from './providers/provider-fields.tsx';
import type { ProviderSecretsTyped } from './providers/provider-screen.ts';
import {
  choiceOf,
  draftOf,
  PROVIDER_KINDS,
  PROVIDER_SCREENS,
  providerKindOf,
} from './providers/provider-screens.ts';

const NO_SECRETS: ProviderSecretsTyped = Object.freeze({
  pin: '',
  secret: '',
  billingPassword: '',
});

const ownChoice = (kind: ServiceChoice['kind'], url: string, profile: string): ServiceChoice | undefined =>
  serviceChoiceSchema.safeParse(
    kind === 'embedded' ? { kind } : { kind, url, ...(profile !== '' && { profile }) },
  ).data;

/** The sandbox, a service at an address or another provider, and whether it can be reached. */
export function ServiceSection() {
  const { t } = useTranslation('admin');
  const { service } = useSettings();
  const save = useAdmin((admin) => admin.save);
  const act = useAdmin((admin) => admin.act);
  const working = useAdmin((admin) => admin.working);
  const remote = service.kind === 'remote' ? service : undefined;
  const [kind, setKind] = useState(service.kind);
  const [url, setUrl] = useState(remote?.url ?? '');
  const [profile, setProfile] = useState(remote?.profile ?? '');
  const [draft, setDraft] = useState(() => draftOf(service));
  const [secrets, setSecrets] = useState(NO_SECRETS);
  const [isSent, setSent] = useState(false);
  const [test, setTest] = useState<ConnectionTest>();

  const provider = providerKindOf(kind);
  const chosen = provider ? choiceOf(provider, draft) : ownChoice(kind, url.trim(), profile.trim());
  const send = (action: (choice: ServiceChoice) => Promise<unknown>) => {
    setSent(true);
    setTest(undefined);
    if (chosen) void action(chosen);
  };
  /** What was typed is stored before it is used. */
  const storeSecrets = async () => {
    const typed = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ''));
    if (provider && Object.keys(typed).length > 0)
      await act((api) => api.settings.saveProviderSecrets(typed));
    setSecrets(NO_SECRETS);
  };
  const submit = () =>
    send(async (choice) => {
      await storeSecrets();
      await save((api) => api.settings.saveService(choice), t('saved'));
    });
  const tryOut = () =>
    send(async (choice) => {
      await storeSecrets();
      setTest(await act((api) => api.settings.testConnection(choice)));
    });

  return (
    <SectionFrame section="service" text={t('service.text')}>
      <Form
        onSubmit={submit}
        actions={
          <Button isDisabled={working} onPress={tryOut}>
            {t('service.test')}
          </Button>
        }
      >
        <RadioGroup
          label={t('service.kind')}
          value={kind}
          onChange={setKind}
          choices={[
            { value: 'embedded', label: t('service.embedded'), text: t('service.embeddedText') },
            { value: 'remote', label: t('service.remote'), text: t('service.remoteText') },
            ...PROVIDER_KINDS.map((value) => ({ value, ...PROVIDER_SCREENS[value].words(t) })),
          ]}
        />
        {kind === 'remote' && (
          <>
            <Field
              label={t('service.url')}
              hint={t('service.urlHint')}
              type="url"
              inputMode="url"
              validationBehavior="aria"
              value={url}
              onChange={setUrl}
              error={isSent && !chosen ? t('service.urlWrong') : undefined}
            />
            <Field label={t('service.profile')} value={profile} onChange={setProfile} />
          </>
        )}
        {provider && (
          <ProviderFields
            kind={provider}
            draft={draft}
            secrets={secrets}
            isIncomplete={isSent && !chosen}
            onChange={(changes) => setDraft({ ...draft, ...changes })}
            onSecrets={(changes) => setSecrets({ ...secrets, ...changes })}
          />
        )}
      </Form>
      {test && <ConnectionFindings test={test} />}
    </SectionFrame>
  );
}
