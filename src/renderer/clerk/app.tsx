import { useTranslation } from 'react-i18next';
import { SandboxBanner } from '../ui/sandbox-banner.tsx';
import styles from './app.module.css';
import { useDesk } from './desk.ts';
import { DocumentsPanel } from './documents/documents-panel.tsx';
import { PickedView } from './documents/picked-view.tsx';
import { IdentityPanel } from './identity/identity-panel.tsx';
import { TransactionDocuments } from './transaction/transaction-documents.tsx';
import { TransactionPanel } from './transaction/transaction-panel.tsx';
import { TransactionList } from './transaction-list.tsx';

/** Three zones that never jump: transactions, the document, the step at hand. */
export function App() {
  const { t } = useTranslation('clerk');
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
          {place.kind === 'transaction' ? (
            <TransactionDocuments key={place.id} id={place.id} />
          ) : (
            <PickedView />
          )}
        </main>
        <aside className={styles.step} aria-label={t('steps.title')}>
          {place.kind === 'documents' && <DocumentsPanel />}
          {place.kind === 'identity' && <IdentityPanel />}
          {place.kind === 'transaction' && <TransactionPanel key={place.id} id={place.id} />}
        </aside>
      </div>
    </div>
  );
}
