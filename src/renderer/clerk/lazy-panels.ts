import { lazy } from 'react';

/**
 * What the first screen does not show, with the schemas and numbering plans that it needs: loaded when the window
 * has been seen, before anybody can have asked for it.
 */
export const loadPanels = () => import('./later-panels.ts');

export const PickedList = lazy(async () => ({ default: (await loadPanels()).PickedList }));
export const IdentityPanel = lazy(async () => ({ default: (await loadPanels()).IdentityPanel }));
export const PlacementPanel = lazy(async () => ({ default: (await loadPanels()).PlacementPanel }));
export const TransactionDocuments = lazy(async () => ({
  default: (await loadPanels()).TransactionDocuments,
}));
export const TransactionPanel = lazy(async () => ({ default: (await loadPanels()).TransactionPanel }));
export const UnlockPanel = lazy(async () => ({ default: (await loadPanels()).UnlockPanel }));
export const VerifyPanel = lazy(async () => ({ default: (await loadPanels()).VerifyPanel }));
export const VerifyView = lazy(async () => ({ default: (await loadPanels()).VerifyView }));
