import { useTranslation } from 'react-i18next';
import { SandboxBanner } from '../ui/sandbox-banner.tsx';
import styles from './app.module.css';
import { useDesk } from './desk.ts';
import { DocumentsPanel } from './documents/documents-panel.tsx';
import { PickedView } from './documents/picked-view.tsx';
import { IdentityPanel } from './identity/identity-panel.tsx';
import { LazyPlacementView } from './placement/lazy-placement-view.tsx';
import { PlacementPanel } from './placement/placement-panel.tsx';
import { TransactionDocuments } from './transaction/transaction-documents.tsx';
import { TransactionPanel } from './transaction/transaction-panel.tsx';
import { TransactionList } from './transaction-list.tsx';
import { UnlockPanel } from './unlock-panel.tsx';
import { VerifyPanel } from './verify/verify-panel.tsx';
import { VerifyView } from './verify/verify-view.tsx';

/** Three zones that never jump: transactions, the document, the step at hand. */
export function App() {
  const { t } = useTranslation(['clerk', 'verify']);
  const station = useDesk((desk) => desk.station);
  const place = useDesk((desk) => desk.place);
  return (
    <div className={styles.window}>
      {station.sandbox && <SandboxBanner />}
      <div className={styles.zones}>
        <nav className={styles.transactions} aria-label={t('transactions.title')}>
          <TransactionList />
        </nav>
        <main className={styles.document}>
          {place.kind === 'transaction' && <TransactionDocuments key={place.id} id={place.id} />}
          {place.kind === 'verify' && <VerifyView />}
          {place.kind === 'placement' && <LazyPlacementView />}
          {(place.kind === 'documents' || place.kind === 'identity') && <PickedView />}
        </main>
        <aside
          className={styles.step}
          aria-label={place.kind === 'verify' ? t('verify:title') : t('steps.title')}
        >
          {station.secretsLocked ? <UnlockPanel /> : <StepPanel />}
        </aside>
      </div>
    </div>
  );
}

/** The step at hand. */
function StepPanel() {
  const place = useDesk((desk) => desk.place);
  if (place.kind === 'documents') return <DocumentsPanel />;
  if (place.kind === 'identity') return <IdentityPanel />;
  if (place.kind === 'verify') return <VerifyPanel />;
  if (place.kind === 'placement') return <PlacementPanel />;
  return place.kind === 'transaction' ? <TransactionPanel key={place.id} id={place.id} /> : null;
}
