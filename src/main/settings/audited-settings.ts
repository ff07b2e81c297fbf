import type { AuditList, AuditNote } from '../audit/audit-list.ts';
import { describeChanges } from './describe-change.ts';
import type { Settings, SettingsChanges, SettingsStore } from './port.ts';

/** The settings, changed only together with a line in the audit list, which is written first. */
export class AuditedSettings {
  readonly #store: SettingsStore;
  readonly #audit: AuditList;

  constructor(store: SettingsStore, audit: AuditList) {
    this.#store = store;
    this.#audit = audit;
  }

  /** Sections that the policy of this computer sets. */
  get locked(): SettingsStore['locked'] {
    return this.#store.locked;
  }

  read(): Settings {
    return this.#store.read();
  }

  /** What `change` would refuse is refused here too. @throws OssError OSS_CONFIG_INVALID, OSS_SETTING_LOCKED */
  assertPossible(changes: SettingsChanges): void {
    this.#store.preview(changes);
  }

  /** @throws OssError OSS_CONFIG_INVALID, OSS_SETTING_LOCKED; then nothing is changed and nothing listed */
  async change(role: AuditNote['role'], changes: SettingsChanges): Promise<Settings> {
    const differences = describeChanges(this.#store.read(), this.#store.preview(changes));
    if (differences.length === 0) return this.#store.read();
    await this.#audit.append(
      ...differences.map((difference): AuditNote => ({ role, action: 'settingChanged', ...difference })),
    );
    return this.#store.change(changes);
  }
}
