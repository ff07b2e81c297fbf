import { useTranslation } from 'react-i18next';
import { useDesk } from './desk.ts';
import { liveState } from './live-state.ts';

/** Tells who listens to the screen where the signer is, wherever the clerk is working: by step, not by page. */
export function Announcer() {
  const { t } = useTranslation('clerk');
  const signing = useDesk((desk) => desk.transactions?.find(({ follow }) => follow !== undefined));
  const said = () => {
    if (!signing?.follow) return '';
    const { follow, signer } = signing;
    const what = follow.called || follow.step !== 'reading' ? liveState(t, follow) : t('follow.reading');
    return `${signer}: ${what}`;
  };
  return (
    <div className="visually-hidden" role="status" aria-label={t('live.label')}>
      {said()}
    </div>
  );
}
