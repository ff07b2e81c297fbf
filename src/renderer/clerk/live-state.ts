import type { TFunction } from 'i18next';
import type { Follow } from '../../contract/ipc/transactions.ts';

/** Where the signer is at this moment, in a few words. */
export function liveState(t: TFunction<'clerk'>, follow: Follow): string {
  if (follow.called) return t('live.called');
  if (follow.step === 'reading') return t('follow.pages', { shown: follow.pagesShown, pages: follow.pages });
  return follow.step === 'declined' ? t('state.declined') : t(`follow.${follow.step}`);
}
