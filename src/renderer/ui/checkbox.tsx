import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import styles from './field.module.css';
import { Icon } from './icon.tsx';

interface CheckboxProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
}

/** A tick with its whole sentence as the target. */
export function Checkbox({ isSelected, onChange, children }: CheckboxProps) {
  return (
    <AriaCheckbox isSelected={isSelected} onChange={onChange} className={styles.check ?? ''}>
      <span className={styles.box}>{isSelected && <Icon name="check" size="1.2rem" />}</span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}
