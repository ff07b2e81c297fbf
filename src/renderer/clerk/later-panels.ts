import { z } from 'zod';

// The policy forbids eval; without this zod would probe for it and report a violation.
z.config({ jitless: true });

export { watchArrivals } from './arrivals.ts';
export { CaseList } from './case/case-list.tsx';
export { CasePanel } from './case/case-panel.tsx';
export { PickedList } from './documents/picked-list.tsx';
export { DraftList } from './draft-list.tsx';
export { watchDrafts } from './drafts.ts';
export { HistorySearch } from './history-search.tsx';
export { IdentityPanel } from './identity/identity-panel.tsx';
export { PlacementPanel } from './placement/placement-panel.tsx';
export { ShortcutList } from './shortcut-list.tsx';
export { TransactionDocuments } from './transaction/transaction-documents.tsx';
export { TransactionPanel } from './transaction/transaction-panel.tsx';
export { UnlockPanel } from './unlock-panel.tsx';
export { VerifyPanel } from './verify/verify-panel.tsx';
export { VerifyView } from './verify/verify-view.tsx';
