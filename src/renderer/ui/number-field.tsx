import { NumberField as AriaNumberField, Input, Label } from 'react-aria-components';
import styles from './field.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly least: number;
  readonly most?: number | undefined;
  readonly format?: Intl.NumberFormatOptions;
}

/** A number in the person's own notation, typed, or counted up and down with the arrow keys. */
export function NumberField({ label, value, onChange, least, most, format }: NumberFieldProps) {
  return (
    <AriaNumberField
      className={styles.field ?? ''}
      value={value}
      minValue={least}
      {...(most !== undefined && { maxValue: most })}
      {...(format && { formatOptions: format })}
      onChange={(typed) => Number.isFinite(typed) && onChange(typed)}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <Input className={styles.input ?? ''} />
    </AriaNumberField>
  );
}
