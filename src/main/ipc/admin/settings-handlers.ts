import { OssError } from '../../../contract/errors.ts';
import type { ConnectionTest } from '../../../contract/ipc/admin/connection-test.ts';
import type { AdminView, ServiceChoice } from '../../../contract/ipc/admin/settings.ts';
import type { GroupHandlers } from '../../../contract/ipc/group.ts';
import type { AdminGroups } from '../../../contract/ipc/index.ts';
import { reachOfAccent } from '../../../contract/model/accent-contrast.ts';
import type { AdminSession } from '../../admin/admin-session.ts';
import type { AuditList } from '../../audit/audit-list.ts';
import { MAX_LOGO_BYTES, readLogo } from '../../branding/read-logo.ts';
import type { FileDialogs } from '../../dialogs/port.ts';
import { readChosen } from '../../dialogs/read-chosen.ts';
import type { Retention } from '../../retention/retention.ts';
import type { SecretName } from '../../secrets/port.ts';
import type { SecretKeeper } from '../../secrets/secret-keeper.ts';
import type { Caller } from '../../security/sender-policy.ts';
import { goElsewhere, SENT_SECRETS } from '../../service/secret-receivers.ts';
import type { AuditedSettings } from '../../settings/audited-settings.ts';
import type { SettingsChanges } from '../../settings/port.ts';
import type { RestApiHandlers } from './rest-api-handlers.ts';

/** What a change of the connection is about: whom to work with and believe, or by what the station is let in. */
export type Concern = 'service' | 'admission';

export interface SettingsParts {
  readonly session: AdminSession;
  readonly settings: AuditedSettings;
  readonly secrets: Pick<SecretKeeper, 'store'>;
  /** Secrets that were entered since the administrator came, or since the service was last saved. */
  readonly entered: Set<SecretName>;
  readonly audit: AuditList;
  readonly dialogs: FileDialogs;
  readonly retention: Retention;
  view(): Promise<AdminView>;
  /** Transactions that have not ended at the service in use. */
  openTransactions(): Promise<number>;
  testConnection(choice: ServiceChoice): Promise<ConnectionTest>;
  /** Settings of the connection changed. */
  renewConnection(concern: Concern): void;
  /** What the windows show changed. */
  announce(): void;
}

/** All but those of rest-api-handlers.ts. */
export function settingsHandlers(
  parts: SettingsParts,
): Omit<GroupHandlers<AdminGroups['settings'], Caller>, keyof RestApiHandlers> {
  const { session, settings, secrets, entered, audit, dialogs, retention } = parts;
  const change = async (changes: SettingsChanges): Promise<AdminView> => {
    await settings.change('admin', changes);
    parts.announce();
    return parts.view();
  };
  const changeConnection = async (concern: Concern, changes: SettingsChanges): Promise<AdminView> => {
    await settings.change('admin', changes);
    parts.renewConnection(concern);
    parts.announce();
    return parts.view();
  };
  const storeSecret = async (name: SecretName, secret: string | undefined): Promise<void> => {
    if (secret === undefined) return;
    await audit.append({ role: 'admin', action: 'secretStored', subject: name });
    await (await secrets.store()).write(name, secret);
    entered.add(name);
  };
  const removeSecrets = async (names: readonly SecretName[]): Promise<void> => {
    const store = await secrets.store();
    for (const name of names) {
      await audit.append({ role: 'admin', action: 'secretRemoved', subject: name });
      await store.remove(name);
      entered.delete(name);
    }
  };
  /** Before the service changes: what was entered for one server must not reach another. */
  const forgetSecrets = async (): Promise<void> => {
    const store = await secrets.store();
    const left: SecretName[] = [];
    for (const name of SENT_SECRETS) {
      if (!entered.has(name) && (await store.read(name)) !== undefined) left.push(name);
    }
    await removeSecrets(left);
  };
  return {
    view: () => parts.view(),
    async saveService(service) {
      const present = settings.read().service;
      if (isAnother(present, service) && (await parts.openTransactions()) > 0) {
        throw new OssError('OSS_TRANSACTIONS_OPEN');
      }
      settings.assertPossible({ service });
      if (goElsewhere(present, service)) await forgetSecrets();
      const view = await changeConnection('service', { service });
      entered.clear();
      return view;
    },
    async testConnection(choice) {
      const test = await parts.testConnection(choice);
      const failed = test.findings.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check);
      const subject = choice.kind === 'embedded' ? choice.kind : choice.url;
      const after = failed.length === 0 ? 'passed' : `failed: ${failed.join(', ')}`;
      await audit.append({ role: 'admin', action: 'connectionTested', subject, after });
      return test;
    },
    async saveOfficer({ password, pin, ...officer }) {
      await storeSecret('officer-password', password);
      await storeSecret('officer-pin', pin);
      return changeConnection('admission', { officer });
    },
    async saveProviderSecrets({ secret, pin, billingPassword }) {
      await storeSecret('provider-secret', secret);
      await storeSecret('provider-pin', pin);
      await storeSecret('billing-password', billingPassword);
      return changeConnection('admission', {});
    },
    async removeOfficerSecrets() {
      await removeSecrets(['officer-password', 'officer-pin']);
      return changeConnection('admission', {});
    },
    saveTimestamps: (changes) => changeConnection('service', changes),
    async saveRetention(changes) {
      await settings.change('admin', { retention: changes });
      const removed = await retention.apply();
      parts.announce();
      return { view: await parts.view(), removed };
    },
    saveLanguages: ({ clerk, signer }) => change({ language: clerk, signerLanguage: signer }),
    async saveBranding({ organisation, accent }) {
      if (accent !== undefined && reachOfAccent(accent) === 'nowhere') {
        throw new OssError('OSS_CONFIG_INVALID', { fields: ['accent'] });
      }
      return change({ organisation, accent });
    },
    async chooseLogo() {
      const path = await dialogs.chooseFile('picture');
      if (path === undefined) return parts.view();
      return change({ logo: readLogo(await readChosen(path, MAX_LOGO_BYTES)) });
    },
    removeLogo: () => change({ logo: undefined }),
    changePassword: ({ current, next }) => session.changePassword(current, next),
  };
}

/** A transaction can be finished only by the service that it was registered with. */
function isAnother(old: ServiceChoice, chosen: ServiceChoice): boolean {
  if (old.kind !== chosen.kind || old.kind === 'embedded' || chosen.kind === 'embedded')
    return old.kind !== chosen.kind;
  return old.url !== chosen.url;
}
