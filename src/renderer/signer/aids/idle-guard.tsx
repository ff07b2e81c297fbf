import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignerStep } from '../../../contract/ipc/transactions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useCeremony } from '../ceremony.ts';
import { Screen } from '../screen.tsx';
import { type IdleTimes, useIdle } from './idle.ts';
import { textOnScreen } from './speech.ts';

/** Slow readers take in about this many characters a second; somebody who reads needs no longer than the most. */
const CHARACTERS_A_SECOND = 12;
const MOST_SECONDS = 300;

/** Seconds that the pages in sight take to be read, beyond those that every screen gives. */
const readingTime = (): number =>
  Math.min(MOST_SECONDS, Math.max(0, textOnScreen(document).length / CHARACTERS_A_SECOND - AT_WORK.asks));

const AT_WORK: IdleTimes = Object.freeze({ asks: 90, ends: 30 });
const READING: IdleTimes = Object.freeze({ ...AT_WORK, reading: readingTime });
const AT_THE_END: IdleTimes = Object.freeze({ asks: 20, ends: 20 });

const timesOf = (step: SignerStep): IdleTimes | undefined => {
  if (step === 'signing') return undefined;
  if (step === 'reading') return READING;
  return step === 'done' || step === 'declined' ? AT_THE_END : AT_WORK;
};

/**
 * Nothing of one customer stays for the next: without a sign of a person the screen is cleared, after a
 * question. On a turned screen it is covered instead, because the clerk's window lies behind it.
 */
export function IdleGuard({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('signer');
  const { step, sharedScreen } = useCeremony(({ view }) => view);
  const act = useCeremony((ceremony) => ceremony.act);
  const [isCovered, setCovered] = useState(false);
  const end = useCallback(() => {
    if (sharedScreen) setCovered(true);
    else if (step === 'done' || step === 'declined') void act((api) => api.giveBack({}));
    else void act((api) => api.leave());
  }, [sharedScreen, step, act]);
  const [left, stay] = useIdle(isCovered ? undefined : timesOf(step), end);

  if (isCovered) return <CoveredScreen onGoOn={() => setCovered(false)} />;
  return (
    <>
      {children}
      <Dialog isOpen={left !== undefined} title={t('idle.title')} confirm={t('idle.stay')} onConfirm={stay}>
        <p role="timer">{t('idle.text', { count: left ?? 0 })}</p>
      </Dialog>
    </>
  );
}

function CoveredScreen({ onGoOn }: { readonly onGoOn: () => void }) {
  const { t } = useTranslation('signer');
  return (
    <Screen
      title={t('idle.coveredTitle')}
      actions={
        <>
          <span />
          <Button kind="primary" size="large" onPress={onGoOn}>
            {t('idle.goOn')}
          </Button>
        </>
      }
    >
      <p>{t('idle.coveredText')}</p>
    </Screen>
  );
}
