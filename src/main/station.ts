import { join } from 'node:path';
import { app, ipcMain, screen } from 'electron';
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
import { type Connection, openConnection } from './service/connection.ts';
import { openSettings } from './settings/settings-file.adapter.ts';
import { openClerkWindow } from './windows/clerk-window.ts';
import { signerDisplay } from './windows/displays.ts';
import { openSignerWindow } from './windows/signer-window.ts';
import type { StationWindow, WindowHost } from './windows/window.ts';

export interface Station {
  readonly clerk: StationWindow;
  close(): Promise<void>;
}

/** Puts the parts together; from here on they know each other by their interfaces only. */
export function openStation(bundles: string, report: (error: OssError) => void): Station {
  const dataDirectory = app.getPath('userData');
  const callers = new KnownCallers();
  const host: WindowHost = { bundles, packaged: app.isPackaged, callers };
  const settings = openSettings(dataDirectory);
  const secrets = openKeychain();
  const pin = new DeskPin();
  const clerk = openClerkWindow(host);
  const picked = new PickedDocuments(clerk.grants);
  const displayOfSigner = () =>
    signerDisplay(screen.getAllDisplays(), screen.getDisplayMatching(clerk.window.getBounds()));

  const connect = connectOnce(async () =>
    openConnection({
      settings: settings.read(),
      secrets: await secrets,
      dataDirectory,
      serviceEntry: join(bundles, 'main', 'signature-service.js'),
      signatureFontPath: join(bundles, '..', 'resources', 'fonts', 'NotoSans-Regular.ttf'),
    }),
  );
  const desk = new Desk({
    connect,
    openSignerWindow() {
      const second = displayOfSigner();
      return openSignerWindow(host, second ?? screen.getPrimaryDisplay(), second === undefined);
    },
    deliverTo: () => settings.read().deliveryFolder ?? join(app.getPath('documents'), 'Signed'),
    organisation: () => settings.read().organisation,
    onTransaction: (view) => sendEvent(clerk.window, CLERK_GROUPS.transactions, 'changed', view),
    onProgress: (progress) => sendEvent(clerk.window, CLERK_GROUPS.transactions, 'progress', progress),
    onCeremony: (ceremony, { window }) => sendEvent(window, SIGNER_GROUPS.ceremony, 'changed', ceremony.view()),
    onCeremonyProgress: (progress, { window }) => sendEvent(window, SIGNER_GROUPS.ceremony, 'progress', progress),
  });

  let keptIn: 'keychain' | 'nowhere' = 'nowhere';
  void secrets.then((store) => {
    if (store) keptIn = 'keychain';
  });
  const hasSecondDisplay = () => displayOfSigner() !== undefined;
  const facts = {
    version: app.getVersion(),
    settings,
    secretsKeptIn: () => keptIn,
    hasSecondDisplay,
    pinNeeded: () => !hasSecondDisplay() && !pin.isSet,
  };
  registerGroup(ipcMain, CLERK_GROUPS.station, stationHandlers(facts), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.preferences, preferenceHandlers(facts), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.documents, documentHandlers(picked, () => clerk.window), callers, report);
  registerGroup(
    ipcMain,
    CLERK_GROUPS.transactions,
    transactionHandlers({ desk, picked, pin, grants: clerk.grants, hasSecondDisplay }),
    callers,
    report,
  );
  registerGroup(ipcMain, SIGNER_GROUPS.ceremony, ceremonyHandlers(desk, pin), callers, report);

  return {
    clerk,
    async close() {
      await desk.takeBack();
      await connect.close();
    },
  };
}

/** Opens the connection at the first need; after a failure the next call tries again. */
function connectOnce(open: () => Promise<Connection>) {
  let pending: Promise<Connection> | undefined;
  const connect = (): Promise<Connection> => {
    pending ??= open().catch((error: unknown) => {
      pending = undefined;
      throw error;
    });
    return pending;
  };
  const close = async () => {
    const connection = await pending?.catch(() => undefined);
    await connection?.close();
  };
  return Object.assign(connect, { close });
}
