import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './notice.module.css';

const ICONS = Object.freeze({
  info: 'info',
  good: 'check',
  warn: 'warning',
  bad: 'stop',
} as const satisfies Record<string, IconName>);

interface NoticeProps {
  readonly kind: keyof typeof ICONS;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

/** What happened and what to do next: sign, words and colour together. Errors are announced at once. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${styles[kind]}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <Icon name={ICONS[kind]} />
      <div>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        <div>{children}</div>
      </div>
    </div>
  );
}
