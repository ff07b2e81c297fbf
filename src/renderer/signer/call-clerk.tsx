import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { useCeremony } from './ceremony.ts';

interface CallClerkProps {
  readonly kind?: 'secondary' | 'quiet';
}

/** The clerk's window says that they are wanted. On a turned screen they sit beside it. */
export function CallClerk({ kind = 'quiet' }: CallClerkProps) {
  const { t } = useTranslation('signer');
  const { called, sharedScreen } = useCeremony(({ view }) => view);
  const act = useCeremony((ceremony) => ceremony.act);
  if (sharedScreen) return null;
  return (
    <>
      <Button
        kind={kind}
        icon="person"
        isDisabled={called}
        onPress={() => void act((api) => api.callClerk())}
      >
        {called ? t('call.called') : t('call.button')}
      </Button>
      <span role="status" className="visually-hidden">
        {called && t('call.called')}
      </span>
    </>
  );
}
