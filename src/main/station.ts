import { join } from 'node:path';
import { app, ipcMain, powerMonitor, screen } from 'electron';
import type { OssError } from '../contract/errors.ts';
import { CLERK_GROUPS, SIGNER_GROUPS } from '../contract/ipc/index.ts';
import type { StationView } from '../contract/ipc/station.ts';
import type { Interruption } from '../contract/ipc/transactions.ts';
import { obeySystemProxies, WorkerPool } from '../optimizer/index.ts';
import { adminArea } from './admin-area.ts';
import type { Arrivals } from './arrivals/arrivals.ts';
import { Activity } from './desk/activity.ts';
import { CaseDesk } from './desk/case-desk.ts';
import { caseViewOf } from './desk/case-view.ts';
import { Desk, type DeskOptions } from './desk/desk.ts';
import { folderDialogOf } from './dialogs/choose-folder.ts';
import type { DocumentGrants } from './documents/grants.ts';
import { PickedDocuments } from './documents/picked-documents.ts';
import { openCustomers, openDrafts, openIdPictures, openService, signatureFontPath } from './foundation.ts';
import type { Front } from './front.ts';
import { zoneReader } from './id-pictures/zone-reader.adapter.ts';
import { arrivalHandlers } from './ipc/arrival-group.ts';
import { caseHandlers } from './ipc/case-groups.ts';
import { documentHandlers, transactionHandlers } from './ipc/clerk-groups.ts';
import { draftHandlers } from './ipc/draft-groups.ts';
import { idPictureHandlers } from './ipc/id-picture-groups.ts';
import { customerHandlers, placementHandlers } from './ipc/preparation-groups.ts';
import { registerGroup } from './ipc/register.ts';
import { resultHandlers } from './ipc/result-groups.ts';
import { sendEvent } from './ipc/send.ts';
import { ceremonyHandlers } from './ipc/signer-groups.ts';
import {
  isSandbox,
  preferenceHandlers,
  type StationFacts,
  secretHandlers,
  stationView,
} from './ipc/station-groups.ts';
import { verificationHandlers } from './ipc/verification-group.ts';
import { Placements } from './placement/placements.ts';
import { PlacementTemplates } from './placement/templates.ts';
import { hiddenWindowPrinter } from './printing/hidden-window.adapter.ts';
import type { ConnectionHolder } from './service/connection-holder.ts';
import type { AuditedSettings } from './settings/audited-settings.ts';
import { ListsKeeper } from './trusted-lists/lists-keeper.ts';
import { VerificationDesk } from './verification/verification-desk.ts';
import { displayOfSigner } from './windows/displays.ts';
import { openSignerWindow } from './windows/signer-window.ts';
import { WaitingDisplay } from './windows/waiting-display.ts';
import type { StationWindow, WindowHost } from './windows/window.ts';
import { utilityWorker } from './work/utility-worker.adapter.ts';

export interface StationOptions {
  /** Folder of the compiled `main`, `preload` and `renderer`. */
  readonly bundles: string;
  readonly resources: string;
  /** What the system hands over, from the first moment on. */
  readonly arrivals: Arrivals;
  /** Told about every call that was refused or failed. */
  readonly report: (error: OssError) => void;
}

export interface Station {
  /** As the service says of itself; undefined before it was reached. */
  serviceMode(): 'sandbox' | 'production' | undefined;
  codeChannel(): StationView['codeChannel'];
  close(): Promise<void>;
}

/** Puts the parts behind the front together; from here on they know each other by their interfaces only. */
export function openStation(front: Front, options: StationOptions): Station {
  const { report } = options;
  obeySystemProxies((url) => app.resolveProxy(url));
  const { host, clerk, stored, pin } = front;
  const { callers } = host;
  const { settings } = stored;
  const customers = openCustomers(stored);
  const drafts = openDrafts(stored);
  const pictures = openIdPictures(stored);
  const remembered = {
    async purge() {
      await customers.purge();
      await drafts.purge();
      await pictures.purge();
    },
  };
  const work = new WorkerPool({
    start: utilityWorker(join(options.bundles, 'main', 'document-worker.js')),
  });
  work.warm();
  const waiting = new WaitingDisplay(host);
  const activity = new Activity(() => connection.settle());
  const { connection, retention, access } = openService(
    stored,
    remembered,
    { ...options, documentWork: work },
    {
      isBusy: () => activity.isRunning || desk.hasSigner,
      onChange: () => announce(),
      onTransaction: (transaction) => desk.changed(transaction),
      onCase: (record) => sendEvent(clerk.window, CLERK_GROUPS.cases, 'changed', caseViewOf(record)),
      isAtDesk: (id) => desk.signsNow(id),
    },
  );
  const desk = deskOf({
    host,
    clerk,
    settings,
    connection,
    work,
    waiting,
    place: (...named) => placements.proposed(...named),
  });
  const announce = () => {
    void stationView(facts).then((view) => {
      for (const shown of [clerk, admin.window]) {
        if (shown) sendEvent(shown.window, CLERK_GROUPS.station, 'changed', view);
      }
    });
    admin.refresh();
  };
  const lists = new ListsKeeper({
    choice: () => settings.read().trustedLists,
    optimizer: async () => (await connection.current())?.optimizer,
    report,
  });
  lists.start();
  const admin = adminArea({ ...stored, host, connection, retention, lists, access, announce, report });

  const facts: StationFacts = {
    ...front.facts,
    openAdmin: () => admin.open(),
    identifyDisplays: () => waiting.identify(),
    announce,
  };
  const { grants } = clerk;
  const picked = new PickedDocuments(grants, work);
  const placements = placementsOf(grants, settings, options, facts, work);
  const templates = new PlacementTemplates(settings);
  const transactions = transactionHandlers({
    desk,
    picked,
    placements,
    customers,
    pictures,
    pin,
    grants,
    hasSecondDisplay: facts.hasSecondDisplay,
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
  const cases = caseHandlers({
    cases: new CaseDesk({ desk, connect: () => connection.get(), ...outcomesOf(settings) }),
    picked,
    placements,
    customers,
  });
  const ceremony = ceremonyHandlers(desk, pin);
  registerGroup(ipcMain, CLERK_GROUPS.preferences, preferenceHandlers(facts), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.secrets, secretHandlers(facts), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.documents, documentHandlers(picked, clerk.window), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.arrivals, arrivalHandlers(options.arrivals, picked), callers, report);
  options.arrivals.tell(() => sendEvent(clerk.window, CLERK_GROUPS.arrivals, 'arrived', true));
  registerGroup(
    ipcMain,
    CLERK_GROUPS.placements,
    placementHandlers({ picked, placements, templates }),
    callers,
    report,
  );
  registerGroup(ipcMain, CLERK_GROUPS.customers, customerHandlers(customers), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.drafts, draftHandlers(drafts, picked, pictures), callers, report);
  const readZone = zoneReader(join(options.bundles, 'main', 'zone-worker.js'));
  registerGroup(ipcMain, CLERK_GROUPS.idPictures, idPictureHandlers(pictures, readZone), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.transactions, activity.track(transactions), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.cases, activity.track(cases), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.results, activity.track(results), callers, report);
  registerGroup(ipcMain, CLERK_GROUPS.verification, activity.track(checks), callers, report);
  registerGroup(ipcMain, SIGNER_GROUPS.ceremony, activity.track(ceremony), callers, report);

  watchSurroundings({ desk, connection, waiting, announce });
  // The clerk's window is the station: when it goes, what waits on another display goes too.
  clerk.window.once('closed', () => waiting.hide());

  return {
    serviceMode: () => connection.opened?.info.mode,
    codeChannel() {
      const { info, profile } = connection.opened ?? {};
      return info?.profiles.find(({ id }) => id === profile)?.channel;
    },
    async close() {
      waiting.hide();
      desk.releaseSigner();
      retention.stop();
      lists.stop();
      await connection.close();
      await work.close();
    },
  };
}

interface Surroundings {
  readonly desk: Desk;
  readonly connection: ConnectionHolder;
  readonly waiting: WaitingDisplay;
  announce(): void;
}

/** A locked machine or an unplugged display: nobody may find a customer's documents there afterwards. */
function watchSurroundings({ desk, connection, waiting, announce }: Surroundings): void {
  const interrupt = (why: Interruption['reason']) =>
    void desk.interrupt(why).finally(() => connection.settle());
  powerMonitor.on('lock-screen', () => interrupt('lock'));
  const isGone = (display: number | undefined) =>
    display !== undefined && !screen.getAllDisplays().some(({ id }) => id === display);
  screen.on('display-removed', () => {
    if (isGone(desk.signersDisplay)) interrupt('display');
    if (isGone(waiting.displayId)) waiting.hide();
    announce();
  });
  screen.on('display-added', announce);
}

function placementsOf(
  grants: DocumentGrants,
  settings: AuditedSettings,
  { resources }: StationOptions,
  facts: StationFacts,
  work: WorkerPool,
): Placements {
  return new Placements({
    grants,
    organisation: () => settings.read().organisation,
    templates: () => settings.read().placementTemplates,
    sandbox: () => isSandbox(facts),
    work,
    signatureFont: signatureFontPath(resources),
  });
}

/** Where signed documents go, and as what, by the settings at that moment. */
const outcomesOf = (settings: AuditedSettings) => ({
  deliverTo: () => settings.read().deliveryFolder ?? join(app.getPath('documents'), 'Signed'),
  organisation: () => settings.read().organisation,
  level: () => settings.read().level,
});

interface DeskParts extends Pick<DeskOptions, 'place'> {
  readonly host: WindowHost;
  readonly clerk: StationWindow;
  readonly settings: AuditedSettings;
  readonly connection: ConnectionHolder;
  readonly work: WorkerPool;
  readonly waiting: WaitingDisplay;
}

function deskOf({ host, clerk, settings, connection, work, waiting, place }: DeskParts): Desk {
  const { transactions } = CLERK_GROUPS;
  const { ceremony } = SIGNER_GROUPS;
  return new Desk({
    connect: () => connection.get(),
    work,
    openSignerWindow() {
      const second = displayOfSigner(clerk, settings.read().signerDisplay);
      waiting.hide();
      return openSignerWindow(host, second ?? screen.getPrimaryDisplay(), second === undefined);
    },
    onReleased() {
      const second = displayOfSigner(clerk, settings.read().signerDisplay);
      if (second) waiting.show(second);
    },
    ...outcomesOf(settings),
    place,
    onTransaction: (view) => sendEvent(clerk.window, transactions, 'changed', view),
    onProgress: (progress) => sendEvent(clerk.window, transactions, 'progress', progress),
    onInterrupted: (interruption) => sendEvent(clerk.window, transactions, 'interrupted', interruption),
    onCeremony: (view, { window }) => sendEvent(window, ceremony, 'changed', view),
    onCeremonyProgress: (progress, { window }) => sendEvent(window, ceremony, 'progress', progress),
  });
}
