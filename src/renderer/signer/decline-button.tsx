import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useCeremony } from './ceremony.ts';

/** Always there, as large as the way on. */
export function DeclineButton() {
  const { t } = useTranslation('signer');
  const act = useCeremony((ceremony) => ceremony.act);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button size="large" onPress={() => setAsking(true)}>
        {t('decline.button')}
      </Button>
      <Dialog
        isOpen={isAsking}
        title={t('decline.title')}
        confirm={t('decline.confirm')}
        cancel={t('decline.keep')}
        isDestructive
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void act((api) => api.decline());
        }}
      >
        {t('decline.text')}
      </Dialog>
    </>
  );
}
