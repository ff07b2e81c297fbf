import { useId } from 'react';
import styles from './field.module.css';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** BCP 47 language of the label, where it is not that of the page. */
  readonly language?: string;
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  /** The label is read aloud but not shown. */
  readonly hideLabel?: boolean;
}

/** The platform's own list: known to everybody, to keyboards and to screen readers. */
export function Select<T extends string>({
  label,
  value,
  choices,
  onChange,
  hideLabel = false,
}: SelectProps<T>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <select
        id={id}
        className={styles.input}
        value={value}
        onChange={({ target }) => onChange(target.value as T)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} lang={choice.language}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
