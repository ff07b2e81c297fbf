import { later } from '../ui/later.tsx';

/**
 * What the first screen does not show, with the schemas and numbering plans that it needs: loaded when the window
 * has been seen, before anybody can have asked for it.
 */
const { preload, component } = later(() => import('./later-panels.ts'));

export const loadPanels = preload;
export const CaseList = component((panels) => panels.CaseList);
export const CasePanel = component((panels) => panels.CasePanel);
export const DraftList = component((panels) => panels.DraftList);
export const PickedList = component((panels) => panels.PickedList);
export const HistorySearch = component((panels) => panels.HistorySearch);
export const IdentityPanel = component((panels) => panels.IdentityPanel);
export const PlacementPanel = component((panels) => panels.PlacementPanel);
export const ShortcutList = component((panels) => panels.ShortcutList);
export const TransactionDocuments = component((panels) => panels.TransactionDocuments);
export const TransactionPanel = component((panels) => panels.TransactionPanel);
export const UnlockPanel = component((panels) => panels.UnlockPanel);
export const VerifyPanel = component((panels) => panels.VerifyPanel);
export const VerifyView = component((panels) => panels.VerifyView);
