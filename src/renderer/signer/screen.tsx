import type { ReactNode } from 'react';
import { Notice } from '../ui/notice.tsx';
import { useCeremony } from './ceremony.ts';
import { useErrorSentence } from './error-sentence.ts';
import styles from './screen.module.css';

interface ScreenProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Left: the way out. Right: the way on. The same size. */
  readonly actions?: ReactNode;
}

/** A screen of words: one column, short lines, its decision at the bottom. */
export function Screen({ title, children, actions }: ScreenProps) {
  const sentenceFor = useErrorSentence();
  const error = useCeremony((ceremony) => ceremony.error);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <main className={styles.page} tabIndex={0}>
        <div className={styles.column}>
          <h1 className={styles.title}>{title}</h1>
          {error && <Notice kind="bad">{sentenceFor(error)}</Notice>}
          {children}
        </div>
      </main>
      {actions && <footer className={styles.actions}>{actions}</footer>}
    </>
  );
}
