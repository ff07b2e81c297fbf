import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'large';
  readonly icon?: IconName;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Button({
  kind = 'secondary',
  size = 'normal',
  icon,
  wide = false,
  children,
  ...rest
}: ButtonProps) {
  const className = [styles.button, styles[kind], styles[size], wide ? styles.wide : ''].join(' ');
  return (
    <AriaButton {...rest} className={className}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style' | 'aria-label'> {
  readonly icon: IconName;
  readonly label: string;
  /** Of a button that stays down until it is pressed again. */
  readonly isPressed?: boolean;
}

/** A button that only shows a sign: its label is read aloud, and shown to who rests on it or comes by keyboard. */
export function IconButton({ icon, label, isPressed, ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={600}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(isPressed !== undefined && { 'aria-pressed': isPressed })}
        className={`${styles.button} ${styles.iconOnly}`}
      >
        <Icon name={icon} />
      </AriaButton>
      <Tooltip className={styles.tooltip ?? ''} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
