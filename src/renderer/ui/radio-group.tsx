import { RadioGroup as AriaRadioGroup, Label, Radio } from 'react-aria-components';
import styles from './field.module.css';
import type { Choice } from './select.tsx';

export interface RadioChoice<T extends string> extends Choice<T> {
  readonly isDisabled?: boolean;
  /** What choosing it means, where the label alone does not say. */
  readonly text?: string;
}

interface RadioGroupProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly RadioChoice<T>[];
  readonly onChange: (value: T) => void;
}

/** A few choices that are all to be seen at once. */
export function RadioGroup<T extends string>({ label, value, choices, onChange }: RadioGroupProps<T>) {
  return (
    <AriaRadioGroup className={styles.field ?? ''} value={value} onChange={(chosen) => onChange(chosen as T)}>
      <Label className={styles.label ?? ''}>{label}</Label>
      {choices.map((choice) => (
        <Radio
          key={choice.value}
          value={choice.value}
          isDisabled={choice.isDisabled ?? false}
          className={styles.radio ?? ''}
          data-described={choice.text === undefined ? undefined : true}
        >
          <span className={styles.dot} />
          {choice.text === undefined ? choice.label : <Described label={choice.label} text={choice.text} />}
        </Radio>
      ))}
    </AriaRadioGroup>
  );
}

const Described = ({ label, text }: { readonly label: string; readonly text: string }) => (
  <span>
    <strong>{label}</strong>
    <span className={styles.explanation}>{text}</span>
  </span>
);
