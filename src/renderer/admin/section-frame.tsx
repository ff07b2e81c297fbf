import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LOCKABLE } from '../../contract/ipc/admin/settings.ts';
import { Notice } from '../ui/notice.tsx';
import { type Section, useAdmin, useSettings } from './admin.ts';
import styles from './app.module.css';
import { Outcome } from './outcome.tsx';

interface SectionFrameProps {
  readonly section: Section;
  readonly text: string;
  readonly children: ReactNode;
  readonly isWide?: boolean;
}

/** What a section is for, its form, and what the last act in it led to. One that the policy sets is shown only. */
export function SectionFrame({ section, text, children, isWide = false }: SectionFrameProps) {
  const { t } = useTranslation('admin');
  const working = useAdmin((admin) => admin.working);
  const { locked } = useSettings();
  const isLocked = LOCKABLE.some((name) => name === section && locked.includes(name));
  const why = useId();
  return (
    <div className={`${styles.column} ${isWide ? styles.wide : ''}`} aria-busy={working}>
      <header className={styles.group}>
        <h1 className={styles.title}>{t(`section.${section}`)}</h1>
        <p className={styles.text}>{text}</p>
      </header>
      {isLocked ? (
        <>
          <div id={why}>
            <Notice kind="info">{t('locked')}</Notice>
          </div>
          <fieldset className={styles.locked} disabled aria-describedby={why}>
            {children}
          </fieldset>
        </>
      ) : (
        children
      )}
      <div className={styles.outcome}>
        <Outcome />
      </div>
    </div>
  );
}
