import { join } from 'node:path';
import { app, ipcMain, powerMonitor, screen } from 'electron';
import type { OssError } from '../contract/errors.ts';
import { CLERK_GROUPS, SIGNER_GROUPS } from '../contract/ipc/index.ts';
import { openTypefaces } from '../optimizer/index.ts';
import { customerFile, customersKey } from './customers/customer-records.ts';
import { type CustomerEvent, ReturningCustomers } from './customers/returning-customers.ts';
import { Desk } from './desk/desk.ts';
import { DeskPin } from './desk/desk-pin.ts';
import type { DocumentGrants } from './documents/grants.ts';
import { PickedDocuments } from './documents/picked-documents.ts';
import { documentHandlers, transactionHandlers } from './ipc/clerk-groups.ts';
import { customerHandlers, placementHandlers } from './ipc/preparation-groups.ts';
import { registerGroup } from './ipc/register.ts';
import { resultHandlers } from './ipc/result-groups.ts';
import { sendEvent } from './ipc/send.ts';
import { KnownCallers } from './ipc/sender-policy.ts';
import { ceremonyHandlers } from './ipc/signer-groups.ts';
import { preferenceHandlers, stationHandlers } from './ipc/station-groups.ts';
import { verificationHandlers } from './ipc/verification-group.ts';
import { Placements } from './placement/placements.ts';
import { PlacementTemplates } from './placement/templates.ts';
import { hiddenWindowPrinter } from './printing/hidden-window.adapter.ts';
import { openKeychain } from './secrets/keychain.adapter.ts';
import type { SecretStore } from './secrets/port.ts';
import { openConnection } from './service/connection.ts';
import { ConnectionHolder } from './service/connection-holder.ts';
import type { SettingsStore } from './settings/port.ts';
import { openSettings } from './settings/settings-file.adapter.ts';
import { VerificationDesk } from './verification/verification-desk.ts';
import { folderDialogOf } from './windows/choose-folder.ts';
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
  /** Told what happens to data of signers that the station remembers. */
  readonly audit: (event: CustomerEvent) => void;
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
  const secrets = openKeychain();
  const connection = connectionTo(settings, secrets, options);
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
  const { grants } = clerk;
  const picked = new PickedDocuments(grants);
  const placements = placementsOf(grants, settings, options);
  const templates = new PlacementTemplates(settings);
  const customers = customersOf(settings, secrets, options);
  void customers.purge();
  const transactions = transactionHandlers({
    desk,
    picked,
    placements,
    customers,
    pin,
    grants,
    hasSecondDisplay,
  });
  const fonts = join(options.resources, 'fonts');
  const language = () => settings.read().language;
  const printer = hiddenWindowPrinter(options.bundles);
  const chooseFolder = folderDialogOf(clerk.window);
  const results = resultHandlers({ desk, printer, chooseFolder, fonts, language });
  const verification = new VerificationDesk({
    grants: clerk.grants,
    async connect() {
      const { optimizer, info } = await connection.get();
      return { optimizer, sandbox: info.mode === 'sandbox' };
    },
    onProgress: (read, expected) =>
      sendEvent(clerk.window, CLERK_GROUPS.verification, 'progress', { read, expected }),
    language,
    fonts,
  });
  const checks = verificationHandlers({ verification, desk, printer, chooseFolder, window: clerk.window });
  const { report } = options;
  registerGroup(ipcMain, CLERK_GROUPS.station, stationHandlers(facts), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.preferences, preferenceHandlers(facts), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.documents, documentHandlers(picked, clerk.window), callers, report);
  registerGroup(
    ipcMain,
    CLERK_GROUPS.placements,
    placementHandlers({ picked, placements, templates }),
    callers,
    report,
  );
  registerGroup(ipcMain, CLERK_GROUPS.customers, customerHandlers(customers), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.transactions, transactions, callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.results, results, callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.verification, checks, callers, report);
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

function placementsOf(
  grants: DocumentGrants,
  settings: SettingsStore,
  { resources }: StationOptions,
): Placements {
  return new Placements({
    grants,
    organisation: () => settings.read().organisation,
    sandbox: () => settings.read().service.kind === 'embedded',
    typefaces: openTypefaces(signatureFontPath(resources)),
  });
}

function customersOf(
  settings: SettingsStore,
  secrets: Promise<SecretStore | undefined>,
  { audit }: StationOptions,
): ReturningCustomers {
  return new ReturningCustomers({
    records: customerFile(join(app.getPath('userData'), 'customers.json')),
    async key() {
      const store = await secrets;
      return store && customersKey(store);
    },
    days: () => settings.read().returningCustomerDays,
    now: () => new Date(),
    audit,
  });
}

const signatureFontPath = (resources: string): string => join(resources, 'fonts', 'NotoSans-Regular.ttf');

function connectionTo(
  settings: SettingsStore,
  secrets: Promise<SecretStore | undefined>,
  { bundles, resources }: StationOptions,
): ConnectionHolder {
  return new ConnectionHolder(async () =>
    openConnection({
      settings: settings.read(),
      secrets: await secrets,
      dataDirectory: app.getPath('userData'),
      serviceEntry: join(bundles, 'main', 'signature-service.js'),
      signatureFontPath: signatureFontPath(resources),
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
