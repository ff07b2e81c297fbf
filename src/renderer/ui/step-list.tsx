import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import styles from './step-list.module.css';

export interface Step {
  readonly name: string;
  readonly state: 'done' | 'now' | 'next';
  readonly detail?: string | undefined;
}

/** Where one is: done with a tick, now in bold, what comes next quietly. The state is said in words too. */
export function StepList({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  const { t, i18n } = useTranslation('common');
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <ol className={styles.list} aria-label={label}>
      {steps.map(({ name, state, detail }, index) => (
        <li key={name} className={styles[state]} aria-current={state === 'now' ? 'step' : undefined}>
          <span className={styles.mark} aria-hidden="true">
            {state === 'done' ? <Icon name="check" size="0.9em" /> : number.format(index + 1)}
          </span>
          <span>
            {name}
            <span className="visually-hidden"> ({t(`step.${state}`)})</span>
            {detail !== undefined && <span className={styles.detail}>{detail}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
