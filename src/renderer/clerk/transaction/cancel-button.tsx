import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useDesk } from '../desk.ts';

/** Cancels after one question in plain words. */
export function CancelButton({ id }: { readonly id: string }) {
  const { t } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button kind="quiet" onPress={() => setAsking(true)}>
        {t('handOver.cancel')}
      </Button>
      <Dialog
        isOpen={isAsking}
        title={t('cancelDialog.title')}
        confirm={t('cancelDialog.confirm')}
        cancel={t('cancelDialog.keep')}
        isDestructive
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void act((api) => api.transactions.cancel({ id }));
        }}
      >
        {t('cancelDialog.text')}
      </Dialog>
    </>
  );
}
