import styles from './progress.module.css';

interface ProgressProps {
  readonly label: string;
  /** Done and to do; absent while the length is not known. */
  readonly done?: number;
  readonly total?: number;
}

/** Says what is being done and how much is left; never a spinner alone. */
export function Progress({ label, done, total }: ProgressProps) {
  return (
    <div className={styles.progress} role="status">
      <p>{label}</p>
      <div className={styles.track}>
        <progress
          className={styles.bar}
          aria-label={label}
          {...(total !== undefined && { value: done, max: total })}
        />
      </div>
    </div>
  );
}
