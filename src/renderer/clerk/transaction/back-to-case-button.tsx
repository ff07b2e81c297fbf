import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';

/** From one signer's outcome to the others. */
export function BackToCaseButton({ id }: { readonly id: string }) {
  const { t } = useTranslation('clerk');
  const go = useDesk((desk) => desk.go);
  return (
    <Button kind="primary" size="large" wide onPress={() => go({ kind: 'case', id })}>
      {t('case.back')}
    </Button>
  );
}
