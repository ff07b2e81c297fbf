import { RadioGroup as AriaRadioGroup, Label, Radio } from 'react-aria-components';
import styles from './field.module.css';
import type { Choice } from './select.tsx';

interface RadioGroupProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly (Choice<T> & { readonly isDisabled?: boolean })[];
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
        >
          <span className={styles.dot} />
          {choice.label}
        </Radio>
      ))}
    </AriaRadioGroup>
  );
}
