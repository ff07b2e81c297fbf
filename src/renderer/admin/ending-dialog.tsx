import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';
import { useAdmin } from './admin.ts';

/** Before the area is left for want of activity there is time to say "stay" (WCAG 2.2.1). */
export function EndingDialog() {
  const ending = useAdmin((admin) => admin.ending);
  return ending === undefined ? null : <Countdown seconds={ending} />;
}

function Countdown({ seconds }: { readonly seconds: number }) {
  const { t } = useTranslation('admin');
  const active = useAdmin((admin) => admin.active);
  const pass = useAdmin((admin) => admin.pass);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Dialog
      isOpen
      title={t('ending.title')}
      confirm={t('ending.stay')}
      cancel={t('leave')}
      onConfirm={active}
      onCancel={() => void pass((api) => api.gate.leave())}
    >
      {t('ending.text', { seconds: left })}
    </Dialog>
  );
}
