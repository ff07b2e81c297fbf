import { ipcMain } from 'electron';
import type { OssError } from '../contract/errors.ts';
import type { ServiceChoice } from '../contract/ipc/admin/settings.ts';
import { ADMIN_GROUPS } from '../contract/ipc/index.ts';
import { FINAL_STATES } from '../contract/model/transaction.ts';
import { type TestedAccess, testConnection } from '../doctor/index.ts';
import { AdminSession } from './admin/admin-session.ts';
import type { AuditList } from './audit/audit-list.ts';
import { systemDialogs } from './dialogs/system-dialogs.adapter.ts';
import { stationSurroundings } from './health/station-surroundings.ts';
import { adminViewOf } from './ipc/admin/admin-view.ts';
import { auditHandlers } from './ipc/admin/audit-handlers.ts';
import { ChosenFiles, certificateHandlers } from './ipc/admin/certificate-handlers.ts';
import { gateHandlers } from './ipc/admin/gate-handlers.ts';
import { guarded } from './ipc/admin/guard.ts';
import { healthHandlers } from './ipc/admin/health-handlers.ts';
import { restApiHandlers } from './ipc/admin/rest-api-handlers.ts';
import { type Concern, settingsHandlers } from './ipc/admin/settings-handlers.ts';
import { registerGroup } from './ipc/register.ts';
import { sendEvent } from './ipc/send.ts';
import type { Retention } from './retention/retention.ts';
import type { SecretName } from './secrets/port.ts';
import type { SecretKeeper } from './secrets/secret-keeper.ts';
import { type AccessOptions, accessTo } from './service/access.ts';
import type { ConnectionHolder } from './service/connection-holder.ts';
import { goElsewhere, onlyEntered } from './service/secret-receivers.ts';
import type { AuditedSettings } from './settings/audited-settings.ts';
import { openAdminWindow } from './windows/admin-window.ts';
import type { StationWindow, WindowHost } from './windows/window.ts';

export interface AdminAreaOptions {
  readonly host: WindowHost;
  readonly settings: AuditedSettings;
  readonly secrets: SecretKeeper;
  readonly audit: AuditList;
  readonly connection: ConnectionHolder;
  readonly retention: Retention;
  readonly access: () => AccessOptions;
  /** What the windows show changed. */
  readonly announce: () => void;
  readonly report: (error: OssError) => void;
}

export interface AdminArea {
  /** Opens the administrator's window, or brings it to the front. */
  open(): void;
  readonly window: StationWindow | undefined;
  /** Tells the window how settings and connection are now. */
  refresh(): void;
}

/** The administration: a window of its own, a session behind a password, and everything that may be set. */
export function adminArea(options: AdminAreaOptions): AdminArea {
  const { host, settings, secrets, audit, connection, report, announce } = options;
  let opened: StationWindow | undefined;
  const chosen = new ChosenFiles();
  const entered = new Set<SecretName>();
  const session = new AdminSession({
    secrets,
    record: ({ action, ...more }) => audit.append({ role: 'admin', action, ...('after' in more && more) }),
    onLeft(view) {
      chosen.forget();
      entered.clear();
      if (opened) sendEvent(opened.window, ADMIN_GROUPS.gate, 'changed', view);
    },
    onEnding: (seconds) => opened && sendEvent(opened.window, ADMIN_GROUPS.gate, 'ending', { seconds }),
  });
  const view = async () =>
    adminViewOf(settings.read(), await secrets.store(), {
      waiting: connection.isWaiting,
      locked: [...settings.locked],
      restApi: connection.opened?.restApi,
    });
  const dialogs = systemDialogs(() => {
    if (!opened) throw new Error('a dialog belongs to a window');
    return opened.window;
  });
  const parts = {
    ...options,
    session,
    entered,
    dialogs,
    view,
    renewConnection(concerns: Concern) {
      // The sandbox brings its own officer, and needs no certificate.
      if (concerns === 'service' || settings.read().service.kind !== 'embedded') connection.renew();
    },
    async openTransactions() {
      const transactions = await (await connection.current())?.optimizer.list({ ended: 0 });
      return transactions?.filter(({ state }) => !FINAL_STATES.includes(state)).length ?? 0;
    },
    testConnection: (choice: ServiceChoice) =>
      withAccess(choice, options, entered, (tried) => testConnection(tried, () => new Date())),
  };
  const { callers } = host;
  const gate = gateHandlers(session, { onUnlocked: announce, onLeft: () => chosen.forget() });
  registerGroup(ipcMain, ADMIN_GROUPS.gate, gate, callers, report);
  const settingsCalls = { ...settingsHandlers(parts), ...restApiHandlers(parts) };
  registerGroup(ipcMain, ADMIN_GROUPS.settings, guarded(session, settingsCalls), callers, report);
  const certificates = guarded(session, certificateHandlers(parts, chosen));
  registerGroup(ipcMain, ADMIN_GROUPS.certificates, certificates, callers, report);
  registerGroup(
    ipcMain,
    ADMIN_GROUPS.audit,
    guarded(session, auditHandlers(audit, dialogs)),
    callers,
    report,
  );
  const surroundings = () =>
    stationSurroundings({
      settings: settings.read(),
      secrets,
      contents: opened?.window.webContents,
      reach: (use) => withAccess(settings.read().service, options, entered, use),
    });
  const health = healthHandlers({ surroundings, audit, dialogs });
  registerGroup(ipcMain, ADMIN_GROUPS.health, guarded(session, health), callers, report);

  const area: AdminArea = {
    get window() {
      return opened;
    },
    open() {
      if (opened) {
        opened.window.focus();
        return;
      }
      opened = openAdminWindow(host);
      opened.window.once('closed', () => {
        opened = undefined;
        chosen.forget();
        void session.leave();
      });
    },
    refresh() {
      if (!opened || !session.isSignedIn) return;
      const { window } = opened;
      void view().then((now) => sendEvent(window, ADMIN_GROUPS.settings, 'changed', now));
    },
  };
  return area;
}

/**
 * The embedded service is tried as it runs; where it does not run, it is started for that. Another server than the one
 * in use is sent only what was entered for it.
 */
async function withAccess<T>(
  choice: ServiceChoice,
  { settings, connection, access }: AdminAreaOptions,
  entered: ReadonlySet<SecretName>,
  use: (access: TestedAccess) => Promise<T>,
): Promise<T> {
  if (choice.kind === 'embedded' && settings.read().service.kind === 'embedded') {
    return use((await connection.get()).access);
  }
  const present = settings.read();
  const { secrets, ...others } = access();
  const tried = await accessTo({
    ...others,
    settings: { ...present, service: choice },
    secrets: async () => {
      const store = await secrets();
      return goElsewhere(present.service, choice) ? onlyEntered(store, entered) : store;
    },
  });
  try {
    return await use(tried);
  } finally {
    await tried.stop();
  }
}
