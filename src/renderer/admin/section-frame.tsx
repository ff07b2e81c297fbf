import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Section, useAdmin } from './admin.ts';
import styles from './app.module.css';
import { Outcome } from './outcome.tsx';

interface SectionFrameProps {
  readonly section: Section;
  readonly text: string;
  readonly children: ReactNode;
  readonly isWide?: boolean;
}

/** What a section is for, its form, and what the last act in it led to. */
export function SectionFrame({ section, text, children, isWide = false }: SectionFrameProps) {
  const { t } = useTranslation('admin');
  const working = useAdmin((admin) => admin.working);
  return (
    <div className={`${styles.column} ${isWide ? styles.wide : ''}`} aria-busy={working}>
      <header className={styles.group}>
        <h1 className={styles.title}>{t(`section.${section}`)}</h1>
        <p className={styles.text}>{text}</p>
      </header>
      {children}
      <div className={styles.outcome}>
        <Outcome />
      </div>
    </div>
  );
}
