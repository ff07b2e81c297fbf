import { useTranslation } from 'react-i18next';
import type { TransactionView } from '../../../contract/ipc/transactions.ts';
import { Notice } from '../../ui/notice.tsx';

/** Which documents the signer refused while signing the others. */
export function RefusedNotice({ transaction: { refused } }: { readonly transaction: TransactionView }) {
  const { t, i18n } = useTranslation('clerk');
  if (refused.length === 0) return null;
  return (
    <Notice kind="warn">{t('refused', { names: new Intl.ListFormat(i18n.language).format(refused) })}</Notice>
  );
}
