import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiClientNameSchema } from '../../../contract/model/api-client.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import styles from '../app.module.css';
import { ConfirmedButton } from '../confirmed-button.tsx';
import clientStyles from './api-clients.module.css';

/** The applications that have a key. A new key is on the screen once, to be copied there. */
export function ApiClients() {
  const { t } = useTranslation('admin');
  const { clients } = useSettings().restApi;
  const save = useAdmin((admin) => admin.save);
  const [made, setMade] = useState<{ readonly name: string; readonly key: string }>();
  return (
    <section className={styles.form} aria-label={t('restApi.clients')}>
      <h2 className={styles.heading}>{t('restApi.clients')}</h2>
      {made && (
        <Notice kind="warn" title={t('restApi.keyOf', { name: made.name })}>
          <code className={clientStyles.key}>{made.key}</code>
          <span>{t('restApi.once')}</span>
        </Notice>
      )}
      {clients.length === 0 && <p>{t('restApi.noClients')}</p>}
      <ul className={clientStyles.clients}>
        {clients.map((name) => (
          <li key={name} className={clientStyles.client}>
            <span>{name}</span>
            <ConfirmedButton
              label={t('restApi.removeOne', { name })}
              title={t('restApi.removeTitle')}
              text={t('restApi.removeText', { name })}
              onConfirm={() => {
                if (made?.name === name) setMade(undefined);
                void save((api) => api.settings.removeApiClient({ name }), t('saved'));
              }}
            >
              {t('remove')}
            </ConfirmedButton>
          </li>
        ))}
      </ul>
      <NewClient known={clients} onMade={(name, key) => setMade({ name, key })} />
    </section>
  );
}

interface NewClientProps {
  readonly known: readonly string[];
  readonly onMade: (name: string, key: string) => void;
}

function NewClient({ known, onMade }: NewClientProps) {
  const { t } = useTranslation('admin');
  const save = useAdmin((admin) => admin.save);
  const working = useAdmin((admin) => admin.working);
  const [name, setName] = useState('');
  const [isSent, setSent] = useState(false);
  const isNamed = apiClientNameSchema.safeParse(name).success && !known.includes(name);
  const submit = async () => {
    setSent(true);
    if (!isNamed || working) return;
    const isMade = await save(async (api) => {
      const { view, key } = await api.settings.addApiClient({ name });
      onMade(name, key);
      return view;
    }, t('restApi.made'));
    if (!isMade) return;
    setName('');
    setSent(false);
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field
        label={t('restApi.name')}
        hint={t('restApi.nameHint')}
        autoComplete="off"
        validationBehavior="aria"
        value={name}
        onChange={setName}
        error={isSent && !isNamed ? t('restApi.nameWrong') : undefined}
      />
      <div className={styles.actions}>
        <Button type="submit" isDisabled={working}>
          {t('restApi.make')}
        </Button>
      </div>
    </form>
  );
}
