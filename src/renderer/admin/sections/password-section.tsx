import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/field.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import { Form } from '../form.tsx';
import { NewPasswordFields, useNewPassword } from '../new-password-fields.tsx';
import { SectionFrame } from '../section-frame.tsx';

export function PasswordSection() {
  const { t } = useTranslation('admin');
  const { keptIn } = useSettings();
  const act = useAdmin((admin) => admin.act);
  const [current, setCurrent] = useState('');
  const chosen = useNewPassword();
  const submit = async () => {
    const next = chosen.take();
    if (next === undefined || current === '') return;
    const isDone = await act(async (api) => {
      await api.settings.changePassword({ current, next });
      return true;
    }, t('saved'));
    setCurrent('');
    if (isDone) chosen.clear();
  };
  return (
    <SectionFrame section="password" text={`${t('changePassword.text')} ${t(`keptIn.${keptIn}`)}`}>
      <Form submit={t('changePassword.change')} onSubmit={() => void submit()}>
        <Field
          label={t('changePassword.current')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <NewPasswordFields label={t('changePassword.next')} password={chosen} />
      </Form>
    </SectionFrame>
  );
}
