import { app, ipcMain } from 'electron';
import type { OssError } from '../contract/errors.ts';
import { type StationView, stationIpc } from '../contract/ipc/station.ts';
import { DeskPin } from './desk/desk-pin.ts';
import { registerGroup } from './ipc/register.ts';
import { stationHandlers, type ViewFacts } from './ipc/station-groups.ts';
import { KnownCallers } from './security/sender-policy.ts';
import { openStoredState, type StoredState } from './stored-state.ts';
import { openClerkWindow } from './windows/clerk-window.ts';
import { displayOfSigner, signerDisplayViews } from './windows/displays.ts';
import type { StationWindow, WindowHost } from './windows/window.ts';

export interface FrontOptions {
  /** Folder of the compiled `main`, `preload` and `renderer`. */
  readonly bundles: string;
  /** Told about every call that was refused or failed. */
  readonly report: (error: OssError) => void;
  /** Loads and opens the station behind the window; may be called more than once. */
  readonly openBackground: () => Promise<unknown>;
  /** As the service says of itself; undefined before it was reached. */
  serviceMode(): 'sandbox' | 'production' | undefined;
  /** As the service says of the profile in use. */
  codeChannel(): StationView['codeChannel'];
}

/** The part of the station that a person sees first. */
export interface Front {
  readonly host: WindowHost;
  readonly clerk: StationWindow;
  readonly stored: StoredState;
  readonly pin: DeskPin;
  readonly facts: ViewFacts;
}

/**
 * Opens the clerk's window and answers what it asks before it can be drawn. Imports nothing that takes long to load:
 * the Optimizer and everything built on it comes when the window first asks for it.
 * @throws OssError OSS_CONFIG_INVALID
 */
export function openFront({
  bundles,
  report,
  openBackground,
  serviceMode,
  codeChannel,
}: FrontOptions): Front {
  const callers = new KnownCallers();
  const host: WindowHost = { bundles, packaged: app.isPackaged, callers };
  const clerk = openClerkWindow(host);
  const stored = openStoredState();
  const pin = new DeskPin();
  const hasSecondDisplay = () => displayOfSigner(clerk) !== undefined;
  const signerDisplays = () => {
    const used = displayOfSigner(clerk, stored.settings.read().signerDisplay)?.id;
    return { signerDisplays: signerDisplayViews(clerk), ...(used !== undefined && { signerDisplay: used }) };
  };
  const facts: ViewFacts = {
    version: app.getVersion(),
    settings: stored.settings,
    secrets: stored.secrets,
    serviceMode,
    codeChannel,
    hasSecondDisplay,
    signerDisplays,
    pinNeeded: () => !hasSecondDisplay() && !pin.isSet,
  };
  registerGroup(ipcMain, stationIpc, stationHandlers(facts, openBackground), callers, report);
  return { host, clerk, stored, pin, facts };
}
