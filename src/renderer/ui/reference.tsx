import styles from './reference.module.css';

/** The reference of a transaction, everywhere in the same face and grouping; read aloud letter by letter. */
export function Reference({ value }: { readonly value: string }) {
  return (
    <span className={styles.reference}>
      <span aria-hidden="true">{value}</span>
      <span className="visually-hidden">{[...value.replace('-', '')].join(' ')}</span>
    </span>
  );
}
