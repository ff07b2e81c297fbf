import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { SandboxBanner } from '../ui/sandbox-banner.tsx';
import { Announcer } from './announcer.tsx';
import styles from './app.module.css';
import { useDesk } from './desk.ts';
import { DocumentsPanel } from './documents/documents-panel.tsx';
import { PickedView } from './documents/picked-view.tsx';
import {
  CasePanel,
  IdentityPanel,
  PlacementPanel,
  ShortcutList,
  TransactionDocuments,
  TransactionPanel,
  UnlockPanel,
  VerifyPanel,
  VerifyView,
} from './lazy-panels.ts';
import { LazyPlacementView } from './placement/lazy-placement-view.tsx';
import { useShortcuts } from './shortcuts.ts';
import { TransactionList } from './transaction-list.tsx';

/** Three zones that never jump: transactions, the document, the current step. */
export function App() {
  const { t } = useTranslation(['clerk', 'verify']);
  const station = useDesk((desk) => desk.station);
  const place = useDesk((desk) => desk.place);
  const shortcuts = useShortcuts();
  return (
    <div className={styles.window}>
      {station.sandbox && <SandboxBanner />}
      <Announcer />
      <Suspense>{shortcuts.isListed && <ShortcutList close={shortcuts.close} />}</Suspense>
      <div className={styles.zones}>
        <nav className={styles.transactions} aria-label={t('transactions.title')}>
          <TransactionList />
        </nav>
        <main className={styles.document}>
          <Suspense>
            {(place.kind === 'transaction' || place.kind === 'case') && (
              <TransactionDocuments key={place.id} id={place.id} />
            )}
            {place.kind === 'verify' && <VerifyView />}
            {place.kind === 'placement' && <LazyPlacementView />}
            {(place.kind === 'documents' || place.kind === 'identity') && <PickedView />}
          </Suspense>
        </main>
        <aside
          className={styles.step}
          aria-label={place.kind === 'verify' ? t('verify:title') : t('steps.title')}
        >
          <Suspense>{station.secretsLocked ? <UnlockPanel /> : <StepPanel />}</Suspense>
        </aside>
      </div>
    </div>
  );
}

/** The current step. */
function StepPanel() {
  const place = useDesk((desk) => desk.place);
  const draft = useDesk((desk) => desk.draft);
  if (place.kind === 'documents') return <DocumentsPanel />;
  // Another draft is another form.
  if (place.kind === 'identity') return <IdentityPanel key={draft} />;
  if (place.kind === 'verify') return <VerifyPanel />;
  if (place.kind === 'placement') return <PlacementPanel />;
  if (place.kind === 'case') return <CasePanel key={place.id} id={place.id} />;
  return place.kind === 'transaction' ? <TransactionPanel key={place.id} id={place.id} /> : null;
}
