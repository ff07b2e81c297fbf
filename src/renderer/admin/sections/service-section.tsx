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

/** The sandbox or a service at an address, and whether it can be reached. */
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
  const [isSent, setSent] = useState(false);
  const [test, setTest] = useState<ConnectionTest>();

  const chosen = serviceChoiceSchema.safeParse(
    kind === 'embedded'
      ? { kind }
      : { kind, url: url.trim(), ...(profile.trim() !== '' && { profile: profile.trim() }) },
  );
  const send = (action: (choice: ServiceChoice) => Promise<unknown>) => {
    setSent(true);
    setTest(undefined);
    if (chosen.success) void action(chosen.data);
  };
  const submit = () => send((choice) => save((api) => api.settings.saveService(choice), t('saved')));
  const tryOut = () =>
    send(async (choice) => setTest(await act((api) => api.settings.testConnection(choice))));

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
              error={isSent && !chosen.success ? t('service.urlWrong') : undefined}
            />
            <Field label={t('service.profile')} value={profile} onChange={setProfile} />
          </>
        )}
      </Form>
      {test && <ConnectionFindings test={test} />}
    </SectionFrame>
  );
}
