import { useTranslation } from 'react-i18next';
import type { StationView } from '../../contract/ipc/station.ts';
import { SandboxBanner } from '../ui/sandbox-banner.tsx';
import styles from './app.module.css';

interface AppProps {
  readonly station: StationView;
  /** The number of the display while it is identified; otherwise empty. */
  readonly number: string;
}

/** A display that nobody signs at: whose desk it is or, for a moment, which display. */
export function App({ station: { organisation, logo, sandbox }, number }: AppProps) {
  const { t } = useTranslation('signer');
  return (
    <div className={styles.window}>
      {sandbox && <SandboxBanner />}
      <main className={styles.brand}>
        {number === '' ? (
          <>
            {logo !== undefined && <img className={styles.logo} src={logo} alt="" />}
            <h1 className={styles.name}>{organisation}</h1>
            <p className={styles.welcome}>{t('waiting.welcome')}</p>
          </>
        ) : (
          <h1 className={styles.number}>{t('waiting.display', { number })}</h1>
        )}
      </main>
    </div>
  );
}
