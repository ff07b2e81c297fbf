import type { Ref } from 'react';
import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from 'react-aria-components';
import styles from './field.module.css';

interface FieldProps extends Omit<TextFieldProps, 'className' | 'children' | 'style'> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** What is worth a second look and forbids nothing. */
  readonly warning?: string | undefined;
  /** Of the input itself, to give it the focus. */
  readonly inputRef?: Ref<HTMLInputElement>;
  /** The size of what is typed: a code in large digits. */
  readonly look?: 'normal' | 'code';
}

/** One line of text with its label above, help and error below, all read aloud with the field. */
export function Field({ label, hint, error, warning, inputRef, look = 'normal', ...rest }: FieldProps) {
  return (
    <TextField {...rest} isInvalid={error !== undefined} className={styles.field ?? ''}>
      <Label className={styles.label ?? ''}>{label}</Label>
      <Input
        ref={inputRef ?? null}
        dir="auto"
        className={`${styles.input} ${look === 'code' ? styles.code : ''}`}
      />
      {hint !== undefined && (
        <Text slot="description" className={styles.hint ?? ''}>
          {hint}
        </Text>
      )}
      <span role="status" className={styles.warning}>
        {warning}
      </span>
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </TextField>
  );
}
