import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../../contract/model/language.ts';
import { LANGUAGE_NAMES } from '../../i18n/start.ts';
import { Select } from '../../ui/select.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';

const CHOICES = LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], language: value }));

export function LanguagesSection() {
  const { t } = useTranslation('admin');
  const { languages } = useSettings();
  const save = useAdmin((admin) => admin.save);
  const [clerk, setClerk] = useState(languages.clerk);
  const [signer, setSigner] = useState(languages.signer);
  return (
    <SectionFrame section="languages" text={t('languages.text')}>
      <Form onSubmit={() => void save((api) => api.settings.saveLanguages({ clerk, signer }), t('saved'))}>
        <Select label={t('languages.clerk')} value={clerk} choices={CHOICES} onChange={setClerk} />
        <Select label={t('languages.signer')} value={signer} choices={CHOICES} onChange={setSigner} />
      </Form>
    </SectionFrame>
  );
}
