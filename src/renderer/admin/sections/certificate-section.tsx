import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../contract/ipc/admin/certificate-view.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import styles from '../app.module.css';
import { CertificateCard } from '../certificate-card.tsx';
import { ConfirmedButton } from '../confirmed-button.tsx';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';

/** The certificate by which a service with mutual TLS knows this station. */
export function CertificateSection() {
  const { t } = useTranslation('admin');
  const { clientCertificate } = useSettings();
  const save = useAdmin((admin) => admin.save);
  return (
    <SectionFrame section="certificate" text={t('certificate.text')}>
      {clientCertificate ? (
        <CertificateCard certificate={clientCertificate} heading={t('certificate.inUse')}>
          <div className={styles.actions}>
            <ConfirmedButton
              title={t('certificate.removeTitle')}
              text={t('certificate.removeText')}
              onConfirm={() => void save((api) => api.certificates.removeClientCertificate(), t('saved'))}
            >
              {t('remove')}
            </ConfirmedButton>
          </div>
        </CertificateCard>
      ) : (
        <p>{t('certificate.none')}</p>
      )}
      <ImportKeyFile />
    </SectionFrame>
  );
}

/** File, then its password, then what is in it, then into use. */
function ImportKeyFile() {
  const { t } = useTranslation('admin');
  const save = useAdmin((admin) => admin.save);
  const act = useAdmin((admin) => admin.act);
  const working = useAdmin((admin) => admin.working);
  const [name, setName] = useState<string>();
  const [password, setPassword] = useState('');
  const [opened, setOpened] = useState<CertificateView>();

  const begin = (chosen?: string) => {
    setName(chosen);
    setPassword('');
    setOpened(undefined);
  };
  const choose = async () => begin((await act((api) => api.certificates.chooseKeyFile()))?.name);
  const open = async () => {
    setOpened(await act((api) => api.certificates.openKeyFile({ password })));
    setPassword('');
  };
  const use = async () => {
    if (await save((api) => api.certificates.takeKeyFile(), t('saved'))) begin();
  };
  const discard = async () => {
    await act((api) => api.certificates.discardKeyFile());
    begin();
  };
  const back = (
    <Button isDisabled={working} onPress={() => void discard()}>
      {t('back')}
    </Button>
  );

  if (opened) {
    return (
      <CertificateCard certificate={opened} heading={t('certificate.inFile')}>
        <div className={styles.actions}>
          <Button kind="primary" isDisabled={working} onPress={() => void use()}>
            {t('certificate.use')}
          </Button>
          {back}
        </div>
      </CertificateCard>
    );
  }
  if (name !== undefined) {
    return (
      <Form submit={t('certificate.open')} actions={back} onSubmit={() => void open()}>
        <Field
          label={t('certificate.filePassword', { name })}
          type="password"
          autoComplete="off"
          autoFocus
          value={password}
          onChange={setPassword}
        />
      </Form>
    );
  }
  return (
    <div className={styles.actions}>
      <Button icon="folder" isDisabled={working} onPress={() => void choose()}>
        {t('certificate.choose')}
      </Button>
    </div>
  );
}
