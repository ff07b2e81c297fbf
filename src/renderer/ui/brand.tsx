import styles from './brand.module.css';

/** Whose station it is: their sign, where there is one, and always their name in words. */
export function Brand({
  organisation,
  logo,
}: {
  readonly organisation: string;
  readonly logo?: string | undefined;
}) {
  return (
    <p className={styles.brand}>
      {/* The name stands beside it: a second time it would only be read twice. */}
      {logo !== undefined && <img className={styles.logo} src={logo} alt="" />}
      <span>{organisation}</span>
    </p>
  );
}
