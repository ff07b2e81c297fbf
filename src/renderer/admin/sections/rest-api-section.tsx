import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { API_PORTS, type RestApiState, restApiChoiceSchema } from '../../../contract/ipc/admin/rest-api.ts';
import { typedWholeNumber } from '../../../contract/model/typed-number.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';
import { ApiClients } from './api-clients.tsx';

/** Whether applications of this computer may begin transactions, and which. */
export function RestApiSection() {
  const { t } = useTranslation('admin');
  const { restApi, service } = useSettings();
  const save = useAdmin((admin) => admin.save);
  const [enabled, setEnabled] = useState(restApi.enabled);
  const [port, setPort] = useState(String(restApi.port));
  const [admits, setAdmits] = useState<'keys' | 'all'>(restApi.dropIn ? 'all' : 'keys');
  const [isSent, setSent] = useState(false);
  const chosen = restApiChoiceSchema.safeParse({
    enabled,
    port: typedWholeNumber(port),
    dropIn: admits === 'all',
  });
  const submit = () => {
    setSent(true);
    if (chosen.success) void save((api) => api.settings.saveRestApi(chosen.data), t('saved'));
  };
  return (
    <SectionFrame section="restApi" text={t('restApi.text')}>
      <StateNotice state={restApi.state} />
      <Form onSubmit={submit}>
        <Checkbox isSelected={enabled} onChange={setEnabled} isCompact>
          {t('restApi.enabled')}
        </Checkbox>
        <Field
          label={t('restApi.port')}
          inputMode="numeric"
          validationBehavior="aria"
          value={port}
          onChange={setPort}
          error={isSent && !chosen.success ? t('restApi.portWrong', { ...API_PORTS }) : undefined}
        />
        <RadioGroup
          label={t('restApi.admits')}
          value={admits}
          onChange={setAdmits}
          choices={[
            { value: 'keys', label: t('restApi.keys'), text: t('restApi.keysText') },
            { value: 'all', label: t('restApi.all'), text: t('restApi.allText') },
          ]}
        />
        {service.kind === 'embedded' && <Notice kind="info">{t('restApi.sandbox')}</Notice>}
      </Form>
      {admits === 'keys' && <ApiClients />}
    </SectionFrame>
  );
}

function StateNotice({ state }: { readonly state: RestApiState }) {
  const { t } = useTranslation('admin');
  switch (state.kind) {
    case 'off':
      return null;
    case 'waiting':
      return <Notice kind="info">{t('restApi.waiting')}</Notice>;
    case 'listening':
      return <Notice kind="good">{t('restApi.listening', { url: state.url })}</Notice>;
    case 'failed':
      return <Notice kind="warn">{t(`restApi.failed.${state.reason}`)}</Notice>;
  }
}
