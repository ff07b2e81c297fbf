import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useCeremony } from './ceremony.ts';

/** Only the clerk can correct a number; the signer can say that it is wrong. */
export function WrongNumber() {
  const { t } = useTranslation('signer');
  const { channel, wrongNumber: isReported } = useCeremony(({ view }) => view);
  const act = useCeremony((ceremony) => ceremony.act);
  if (isReported) return <Notice kind="warn">{t('code.wrongNumberTold')}</Notice>;
  return (
    <Button kind="quiet" onPress={() => void act((api) => api.reportWrongNumber())}>
      {t(`channel.${channel}.wrong`)}
    </Button>
  );
}
