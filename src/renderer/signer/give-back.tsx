import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { useCeremony } from './ceremony.ts';
import { useErrorSentence } from './error-sentence.ts';

/** On a turned screen: the clerk's way back, by PIN. Nothing of the clerk is behind it until then. */
export function GiveBack() {
  const sentenceFor = useErrorSentence();
  const { t } = useTranslation('signer');
  const act = useCeremony((ceremony) => ceremony.act);
  const error = useCeremony((ceremony) => ceremony.error);
  const [isOpen, setOpen] = useState(false);
  const [pin, setPin] = useState('');
  const confirm = () => {
    void act((api) => api.giveBack({ pin }));
    setPin('');
  };
  return (
    <>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {t('giveBack.button')}
      </Button>
      <Dialog
        isOpen={isOpen}
        title={t('giveBack.title')}
        confirm={t('giveBack.confirm')}
        cancel={t('giveBack.stay')}
        onCancel={() => setOpen(false)}
        onConfirm={confirm}
      >
        <p>{t('giveBack.text')}</p>
        <Field
          label={t('giveBack.pin')}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          value={pin}
          onChange={setPin}
          onKeyDown={({ key }) => key === 'Enter' && confirm()}
          error={error && sentenceFor(error)}
        />
      </Dialog>
    </>
  );
}
