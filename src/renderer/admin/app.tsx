import { SandboxBanner } from '../ui/sandbox-banner.tsx';
import { useAdmin } from './admin.ts';
import styles from './app.module.css';
import { Area } from './area.tsx';
import { Gate } from './gate/gate.tsx';

/** The gate, and behind it the area. Which one is main's word. */
export function App() {
  const sandbox = useAdmin((admin) => admin.station.sandbox);
  const isInside = useAdmin(({ gate, view }) => gate.signedIn && view !== undefined);
  return (
    <div className={styles.window}>
      {sandbox && <SandboxBanner />}
      {isInside ? <Area /> : <Gate />}
    </div>
  );
}
