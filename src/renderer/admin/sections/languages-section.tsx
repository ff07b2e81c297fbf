import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_CHOICES } from '../../i18n/start.ts';
import { Select } from '../../ui/select.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';

export function LanguagesSection() {
  const { t } = useTranslation('admin');
  const { languages } = useSettings();
  const save = useAdmin((admin) => admin.save);
  const [clerk, setClerk] = useState(languages.clerk);
  const [signer, setSigner] = useState(languages.signer);
  return (
    <SectionFrame section="languages" text={t('languages.text')}>
      <Form onSubmit={() => void save((api) => api.settings.saveLanguages({ clerk, signer }), t('saved'))}>
        <Select label={t('languages.clerk')} value={clerk} choices={LANGUAGE_CHOICES} onChange={setClerk} />
        <Select
          label={t('languages.signer')}
          value={signer}
          choices={LANGUAGE_CHOICES}
          onChange={setSigner}
        />
      </Form>
    </SectionFrame>
  );
}
