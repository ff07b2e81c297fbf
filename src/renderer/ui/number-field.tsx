import { NumberField as AriaNumberField, Group, Input, Label } from 'react-aria-components';
import { IconButton } from './button.tsx';
import styles from './field.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly least: number;
  readonly most?: number | undefined;
  readonly format?: Intl.NumberFormatOptions;
  /** Labels of the buttons that count down and up. */
  readonly less: string;
  readonly more: string;
}

/** A number in the person's own notation, typed or counted up and down. */
export function NumberField({ label, value, onChange, least, most, format, less, more }: NumberFieldProps) {
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
      <Group className={styles.counter ?? ''}>
        <Input className={styles.input ?? ''} />
        <IconButton slot="decrement" icon="minus" label={less} />
        <IconButton slot="increment" icon="plus" label={more} />
      </Group>
    </AriaNumberField>
  );
}
