import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../../ui/brand.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useAdmin } from '../admin.ts';
import styles from '../app.module.css';
import { Form } from '../form.tsx';
import { NewPasswordFields, useNewPassword } from '../new-password-fields.tsx';
import { Outcome } from '../outcome.tsx';

/** Passphrase where the computer has no keychain, then the password: chosen once, entered ever after. */
export function Gate() {
  const { secrets, passwordChosen } = useAdmin((admin) => admin.gate);
  if (secrets === 'new') return <ChoosePassphrase key="new" />;
  if (secrets === 'locked') return <Unlock key="locked" />;
  return passwordChosen === true ? <SignIn key="sign-in" /> : <ChoosePassword key="first" />;
}

interface CardProps {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

function Card({ title, text, children }: CardProps) {
  const { organisation, logo } = useAdmin((admin) => admin.station);
  return (
    <main className={styles.gate}>
      <div className={styles.gateCard}>
        <Brand organisation={organisation} logo={logo} />
        <h1 className={styles.title}>{title}</h1>
        {text !== undefined && <p className={styles.text}>{text}</p>}
        {children}
        <Outcome />
      </div>
    </main>
  );
}

function ChoosePassphrase() {
  const { t } = useTranslation('admin');
  const pass = useAdmin((admin) => admin.pass);
  const password = useNewPassword();
  const submit = () => {
    const passphrase = password.take();
    if (passphrase !== undefined) void pass((api) => api.gate.choosePassphrase({ passphrase }));
  };
  return (
    <Card title={t('gate.newPassphraseTitle')} text={t('gate.newPassphraseText')}>
      <Form submit={t('gate.choose')} onSubmit={submit}>
        <NewPasswordFields label={t('gate.passphrase')} password={password} autoFocus />
      </Form>
    </Card>
  );
}

function ChoosePassword() {
  const { t } = useTranslation('admin');
  const pass = useAdmin((admin) => admin.pass);
  const chosen = useNewPassword();
  const submit = () => {
    const password = chosen.take();
    if (password !== undefined) void pass((api) => api.gate.choosePassword({ password }));
  };
  return (
    <Card title={t('gate.firstTitle')} text={t('gate.firstText')}>
      <Form submit={t('gate.choose')} onSubmit={submit}>
        <NewPasswordFields label={t('gate.password')} password={chosen} autoFocus />
      </Form>
    </Card>
  );
}

function Unlock() {
  const { t } = useTranslation('admin');
  const pass = useAdmin((admin) => admin.pass);
  const [passphrase, setPassphrase] = useState('');
  const submit = () => {
    if (passphrase === '') return;
    void pass((api) => api.gate.unlock({ passphrase }));
    setPassphrase('');
  };
  return (
    <Card title={t('gate.unlockTitle')} text={t('gate.unlockText')}>
      <Form submit={t('gate.unlock')} onSubmit={submit}>
        <Field
          label={t('gate.passphrase')}
          type="password"
          autoComplete="off"
          autoFocus
          value={passphrase}
          onChange={setPassphrase}
        />
      </Form>
    </Card>
  );
}

function SignIn() {
  const { t } = useTranslation('admin');
  const pass = useAdmin((admin) => admin.pass);
  const leftIdle = useAdmin((admin) => admin.gate.leftIdle);
  const [password, setPassword] = useState('');
  const submit = () => {
    if (password === '') return;
    void pass((api) => api.gate.signIn({ password }));
    setPassword('');
  };
  return (
    <Card title={t('gate.signInTitle')}>
      {leftIdle && <Notice kind="info">{t('gate.leftIdle')}</Notice>}
      <Form submit={t('gate.signIn')} onSubmit={submit}>
        <Field
          label={t('gate.password')}
          type="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onChange={setPassword}
        />
      </Form>
    </Card>
  );
}
