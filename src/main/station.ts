import { join } from 'node:path';
import { app, ipcMain, powerMonitor, screen } from 'electron';
import type { OssError } from '../contract/errors.ts';
import { CLERK_GROUPS, SIGNER_GROUPS } from '../contract/ipc/index.ts';
import { Desk } from './desk/desk.ts';
import { DeskPin } from './desk/desk-pin.ts';
import { PickedDocuments } from './documents/picked-documents.ts';
import { documentHandlers, transactionHandlers } from './ipc/clerk-groups.ts';
import { registerGroup } from './ipc/register.ts';
import { sendEvent } from './ipc/send.ts';
import { KnownCallers } from './ipc/sender-policy.ts';
import { ceremonyHandlers } from './ipc/signer-groups.ts';
import { preferenceHandlers, stationHandlers } from './ipc/station-groups.ts';
import { openKeychain } from './secrets/keychain.adapter.ts';
import { openConnection } from './service/connection.ts';
import { ConnectionHolder } from './service/connection-holder.ts';
import type { SettingsStore } from './settings/port.ts';
import { openSettings } from './settings/settings-file.adapter.ts';
import { openClerkWindow } from './windows/clerk-window.ts';
import { signerDisplay } from './windows/displays.ts';
import { openSignerWindow } from './windows/signer-window.ts';
import type { StationWindow, WindowHost } from './windows/window.ts';

export interface StationOptions {
  /** Folder of the compiled `main`, `preload` and `renderer`. */
  readonly bundles: string;
  readonly resources: string;
  /** Told about every call that was refused or failed. */
  readonly report: (error: OssError) => void;
}

export interface Station {
  readonly clerk: StationWindow;
  close(): Promise<void>;
}

/** Puts the parts together; from here on they know each other by their interfaces only. */
export function openStation(options: StationOptions): Station {
  const settings = openSettings(app.getPath('userData'));
  const callers = new KnownCallers();
  const host: WindowHost = { bundles: options.bundles, packaged: app.isPackaged, callers };
  const connection = connectionTo(settings, options);
  const pin = new DeskPin();
  const clerk = openClerkWindow(host);
  const desk = deskOf(host, clerk, settings, connection);

  const hasSecondDisplay = () => displayOfSigner(clerk) !== undefined;
  const facts = {
    version: app.getVersion(),
    settings,
    hasSecondDisplay,
    pinNeeded: () => !hasSecondDisplay() && !pin.isSet,
  };
  const picked = new PickedDocuments(clerk.grants);
  const transactions = transactionHandlers({ desk, picked, pin, grants: clerk.grants, hasSecondDisplay });
  const { report } = options;
  registerGroup(ipcMain, CLERK_GROUPS.station, stationHandlers(facts), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.preferences, preferenceHandlers(facts), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.documents, documentHandlers(picked, clerk.window), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.transactions, transactions, callers, report);
  registerGroup(ipcMain, SIGNER_GROUPS.ceremony, ceremonyHandlers(desk, pin), callers, report);

  watchSurroundings(desk);

  return {
    clerk,
    async close() {
      desk.releaseSigner();
      await connection.close();
    },
  };
}

const displayOfSigner = ({ window }: StationWindow) =>
  signerDisplay(screen.getAllDisplays(), screen.getDisplayMatching(window.getBounds()));

/** A locked machine or an unplugged display: nobody may find a customer's documents there afterwards. */
function watchSurroundings(desk: Desk): void {
  powerMonitor.on('lock-screen', () => void desk.interrupt('lock'));
  screen.on('display-removed', () => {
    const display = desk.signersDisplay;
    if (display !== undefined && !screen.getAllDisplays().some(({ id }) => id === display)) {
      void desk.interrupt('display');
    }
  });
}

function connectionTo(settings: SettingsStore, { bundles, resources }: StationOptions): ConnectionHolder {
  const secrets = openKeychain();
  return new ConnectionHolder(async () =>
    openConnection({
      settings: settings.read(),
      secrets: await secrets,
      dataDirectory: app.getPath('userData'),
      serviceEntry: join(bundles, 'main', 'signature-service.js'),
      signatureFontPath: join(resources, 'fonts', 'NotoSans-Regular.ttf'),
    }),
  );
}

function deskOf(
  host: WindowHost,
  clerk: StationWindow,
  settings: SettingsStore,
  connection: ConnectionHolder,
): Desk {
  const { transactions } = CLERK_GROUPS;
  const { ceremony } = SIGNER_GROUPS;
  return new Desk({
    connect: () => connection.get(),
    openSignerWindow() {
      const second = displayOfSigner(clerk);
      return openSignerWindow(host, second ?? screen.getPrimaryDisplay(), second === undefined);
    },
    deliverTo: () => settings.read().deliveryFolder ?? join(app.getPath('documents'), 'Signed'),
    organisation: () => settings.read().organisation,
    onTransaction: (view) => sendEvent(clerk.window, transactions, 'changed', view),
    onProgress: (progress) => sendEvent(clerk.window, transactions, 'progress', progress),
    onInterrupted: (interruption) => sendEvent(clerk.window, transactions, 'interrupted', interruption),
    onCeremony: (view, { window }) => sendEvent(window, ceremony, 'changed', view),
    onCeremonyProgress: (progress, { window }) => sendEvent(window, ceremony, 'progress', progress),
  });
}
