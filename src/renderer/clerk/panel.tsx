import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Progress } from '../ui/progress.tsx';
import { type Step, StepList } from '../ui/step-list.tsx';
import { useDesk } from './desk.ts';
import { ErrorNotice } from './lazy-error-notice.ts';
import styles from './panel.module.css';

const STEPS = Object.freeze(['documents', 'identity', 'placement', 'handOver', 'follow', 'result'] as const);
export type PanelStep = (typeof STEPS)[number];

interface PanelProps {
  readonly step: PanelStep;
  /** It ended before its end: no step counts as done. */
  readonly isStopped?: boolean;
  readonly title: string;
  readonly text?: string | undefined;
  readonly children?: ReactNode;
  /** The single primary action, always at the bottom. */
  readonly actions?: ReactNode;
}

/** The current step: what it is, what went wrong, its action at the bottom, the next steps as a quiet list. */
export function Panel({ step, isStopped = false, title, text, children, actions }: PanelProps) {
  const { t } = useTranslation(['clerk', 'common']);
  const error = useDesk((desk) => desk.error);
  const working = useDesk((desk) => desk.working);
  const progress = useDesk((desk) => desk.progress);
  const workingLong = useDesk((desk) => desk.workingLong);
  const stopWaiting = useDesk((desk) => desk.stopWaiting);
  const now = STEPS.indexOf(step);
  const steps = STEPS.map((name, index): Step => {
    const past = isStopped ? 'next' : 'done';
    const state = index < now ? past : index === now ? 'now' : 'next';
    return { name: t(`steps.${name}`), state };
  });
  return (
    <div className={styles.panel}>
      <header className={styles.header}>
        <h1 className={styles.title}>{title}</h1>
        {text !== undefined && <p className={styles.text}>{text}</p>}
      </header>
      <div className={styles.body}>
        {children}
        {error && (
          <Suspense>
            <ErrorNotice error={error} />
          </Suspense>
        )}
        {working && progress && (
          <Progress
            label={t(`common:progress.${progress.step}`, { ...progress })}
            done={progress.document}
            total={progress.documents}
          />
        )}
        {workingLong && (
          <Notice kind="warn">
            {t('wait.long')}{' '}
            <Button kind="quiet" onPress={stopWaiting}>
              {t('wait.stop')}
            </Button>
          </Notice>
        )}
      </div>
      <footer className={styles.footer}>
        {actions}
        <StepList label={t('steps.title')} steps={steps} />
      </footer>
    </div>
  );
}
