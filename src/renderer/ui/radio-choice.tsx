import { Label, Radio, RadioGroup } from 'react-aria-components';
import styles from './field.module.css';

export interface RadioOption<T extends string> {
  readonly value: T;
  readonly label: string;
  /** What choosing it means. */
  readonly text: string;
}

interface RadioChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly RadioOption<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few, each with a sentence that says what it means. */
export function RadioChoice<T extends string>({ label, value, options, onChange }: RadioChoiceProps<T>) {
  return (
    <RadioGroup
      className={`${styles.field} ${styles.options}`}
      value={value}
      onChange={(chosen) => onChange(chosen as T)}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className={styles.check ?? ''}>
          {({ isSelected }) => (
            <>
              <span className={`${styles.box} ${styles.round}`}>
                {isSelected && <span className={styles.dot} />}
              </span>
              <span>
                <strong>{option.label}</strong>
                <span className={styles.explanation}>{option.text}</span>
              </span>
            </>
          )}
        </Radio>
      ))}
    </RadioGroup>
  );
}
