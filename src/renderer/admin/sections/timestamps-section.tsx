import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timestampUrlsSchema } from '../../../contract/ipc/admin/settings.ts';
import { levelChoiceSchema } from '../../../contract/model/signature-level.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import styles from '../app.module.css';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';
import lists from './timestamps-section.module.css';

/** The level of new signatures, and whose time stamps an archive gets. */
export function TimestampsSection() {
  const { t } = useTranslation('admin');
  const settings = useSettings();
  const save = useAdmin((admin) => admin.save);
  const [level, setLevel] = useState(settings.level);
  const [urls, setUrls] = useState<readonly string[]>(settings.timestampUrls);
  const submit = () =>
    void save((api) => api.settings.saveTimestamps({ level, timestampUrls: [...urls] }), t('saved'));
  return (
    <SectionFrame section="timestamps" text={t('timestamps.text')}>
      <Form onSubmit={submit}>
        <Select
          label={t('timestamps.level')}
          value={level}
          choices={levelChoiceSchema.options.map((value) => ({
            value,
            label: t(`timestamps.levels.${value}`),
          }))}
          onChange={setLevel}
        />
        <fieldset className={styles.group}>
          <legend className={styles.heading}>{t('timestamps.list')}</legend>
          {urls.length === 0 && <p className={styles.text}>{t('timestamps.none')}</p>}
          <UrlList urls={urls} onChange={setUrls} />
          <AddUrl urls={urls} onChange={setUrls} />
          <p className={styles.text}>{t('timestamps.anchorHint')}</p>
        </fieldset>
      </Form>
    </SectionFrame>
  );
}

interface UrlsProps {
  readonly urls: readonly string[];
  readonly onChange: (urls: readonly string[]) => void;
}

function UrlList({ urls, onChange }: UrlsProps) {
  const { t } = useTranslation('admin');
  const moved = (from: number, to: number) => {
    const others = urls.filter((_, index) => index !== from);
    return [...others.slice(0, to), ...urls.slice(from, from + 1), ...others.slice(to)];
  };
  return (
    <ol className={lists.list}>
      {urls.map((url, index) => (
        <li key={url} className={lists.item}>
          <span className={lists.url}>
            {index + 1}. {url}
          </span>
          <IconButton
            icon="up"
            label={t('timestamps.earlier', { url })}
            isDisabled={index === 0}
            onPress={() => onChange(moved(index, index - 1))}
          />
          <IconButton
            icon="down"
            label={t('timestamps.later', { url })}
            isDisabled={index === urls.length - 1}
            onPress={() => onChange(moved(index, index + 1))}
          />
          <IconButton
            icon="close"
            label={t('timestamps.removeOne', { url })}
            onPress={() => onChange(urls.filter((other) => other !== url))}
          />
        </li>
      ))}
    </ol>
  );
}

function AddUrl({ urls, onChange }: UrlsProps) {
  const { t } = useTranslation('admin');
  const [url, setUrl] = useState('');
  const [isWrong, setWrong] = useState(false);
  const add = () => {
    const parsed = timestampUrlsSchema.safeParse([...urls, url.trim()]);
    setWrong(!parsed.success);
    if (!parsed.success) return;
    onChange([...new Set(parsed.data)]);
    setUrl('');
  };
  return (
    <div className={lists.add}>
      <Field
        label={t('timestamps.address')}
        type="url"
        inputMode="url"
        validationBehavior="aria"
        value={url}
        onChange={setUrl}
        error={isWrong ? t('timestamps.wrong') : undefined}
      />
      <Button icon="plus" isDisabled={url.trim() === ''} onPress={add}>
        {t('timestamps.add')}
      </Button>
    </div>
  );
}
