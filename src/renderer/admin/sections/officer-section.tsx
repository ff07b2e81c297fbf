import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { officerSchema } from '../../../contract/ipc/admin/settings.ts';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import styles from '../app.module.css';
import { ConfirmedButton } from '../confirmed-button.tsx';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';

/** The officer for whom the station acts. Secrets go in here and never come out. */
export function OfficerSection() {
  const { t } = useTranslation('admin');
  const { officer, officerPassword, officerPin, service } = useSettings();
  const save = useAdmin((admin) => admin.save);
  const [username, setUsername] = useState(officer?.username ?? '');
  const [registrationAuthority, setAuthority] = useState(officer?.registrationAuthority ?? '');
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [isSent, setSent] = useState(false);

  const parsed = officerSchema.safeParse({ username, registrationAuthority });
  const wrong = new Set(parsed.error?.issues.map(({ path }) => path[0]));
  const submit = async () => {
    setSent(true);
    if (!parsed.success) return;
    const secrets = { ...(password !== '' && { password }), ...(pin !== '' && { pin }) };
    if (await save((api) => api.settings.saveOfficer({ ...parsed.data, ...secrets }), t('saved'))) {
      setPassword('');
      setPin('');
    }
  };
  const forget = (
    <ConfirmedButton
      title={t('officer.forgetTitle')}
      text={t('officer.forgetText')}
      onConfirm={() => void save((api) => api.settings.removeOfficerSecrets(), t('saved'))}
    >
      {t('officer.forget')}
    </ConfirmedButton>
  );
  const secretHint = (isStored: boolean) => t(isStored ? 'officer.stored' : 'officer.notStored');

  return (
    <SectionFrame section="officer" text={t('officer.text')}>
      {service.kind === 'embedded' && <Notice kind="info">{t('officer.sandbox')}</Notice>}
      <Form onSubmit={() => void submit()} actions={(officerPassword || officerPin) && forget}>
        <div className={styles.pair}>
          <Field
            label={t('officer.username')}
            autoComplete="off"
            validationBehavior="aria"
            value={username}
            onChange={setUsername}
            error={isSent && wrong.has('username') ? t('officer.usernameWrong') : undefined}
          />
          <Field
            label={t('officer.registrationAuthority')}
            autoComplete="off"
            validationBehavior="aria"
            value={registrationAuthority}
            onChange={setAuthority}
            error={
              isSent && wrong.has('registrationAuthority')
                ? t('officer.registrationAuthorityWrong')
                : undefined
            }
          />
          <Field
            label={t('officer.password')}
            type="password"
            autoComplete="off"
            value={password}
            onChange={setPassword}
            hint={secretHint(officerPassword)}
          />
          <Field
            label={t('officer.pin')}
            type="password"
            autoComplete="off"
            value={pin}
            onChange={setPin}
            hint={secretHint(officerPin)}
          />
        </div>
      </Form>
    </SectionFrame>
  );
}
