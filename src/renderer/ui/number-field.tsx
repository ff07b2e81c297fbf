import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { typedNumber } from '../../contract/model/typed-number.ts';
import { Field } from './field.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly least: number;
  readonly most?: number | undefined;
  readonly format?: Intl.NumberFormatOptions;
}

const STEPS: Readonly<Record<string, number>> = Object.freeze({
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
});

/**
 * A number in the person's own notation, typed with any decimal mark, or counted up and down with the arrow keys.
 * What is typed counts when the field is left or Enter is pressed; what is no number gives way to the last one.
 */
export function NumberField({ label, value, onChange, least, most, format }: NumberFieldProps) {
  const { i18n } = useTranslation();
  const [typed, setTyped] = useState<string>();
  const shown = new Intl.NumberFormat(i18n.language, { ...format, useGrouping: false }).format(value);
  const choose = (wished: number) => {
    const number = Math.min(Math.max(wished, least), most ?? Number.POSITIVE_INFINITY);
    setTyped(undefined);
    if (number !== value) onChange(number);
  };
  const settle = () => choose((typed === undefined ? undefined : typedNumber(typed)) ?? value);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.key === 'Enter') settle();
    if (step === undefined) return;
    event.preventDefault();
    choose(((typed === undefined ? undefined : typedNumber(typed)) ?? value) + step);
  };
  return (
    <Field
      label={label}
      inputMode="decimal"
      value={typed ?? shown}
      onChange={setTyped}
      onBlur={settle}
      onKeyDown={onKeyDown}
    />
  );
}
