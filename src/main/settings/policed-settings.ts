import { isDeepStrictEqual } from 'node:util';
import { OssError } from '../../contract/errors.ts';
import { LOCKABLE, type Lockable } from '../../contract/ipc/admin/settings.ts';
import type { Policy } from '../../contract/policy.ts';
import type { Settings, SettingsChanges, SettingsStore } from './port.ts';

/** What each section of the Administration sets. */
const KEYS: Readonly<Record<Lockable, readonly (keyof Settings)[]>> = Object.freeze({
  service: ['service'],
  anchors: ['anchors'],
  timestamps: ['level', 'timestampUrls'],
  trustedLists: ['trustedLists'],
  retention: ['retention'],
  restApi: ['restApi'],
  branding: ['organisation', 'accent', 'logo'],
});

/** As a policy says it: what it does not name of a section is as the product has it. */
function set(settings: Settings, policy: Policy['settings']): Settings {
  const { service, anchors, timestamps, trustedLists, retention, restApi, branding } = policy;
  const { accent, logo, ...others } = settings;
  return {
    ...others,
    ...(branding ?? { ...(accent && { accent }), ...(logo && { logo }) }),
    ...(service && { service }),
    ...(anchors && { anchors }),
    ...timestamps,
    ...(trustedLists && { trustedLists }),
    ...(retention && { retention }),
    // Which applications have a key is no part of the section's choice.
    ...(restApi && { restApi: { ...settings.restApi, ...restApi } }),
  };
}

/**
 * Settings under the policy of this computer: what it sets is what is read, whatever the file of the account says, and
 * a change of it is refused. The file keeps what was chosen before, for the day on which the policy is gone.
 */
export function policedSettings(store: SettingsStore, policy: Policy['settings']): SettingsStore {
  const locked = LOCKABLE.filter((section) => policy[section] !== undefined);
  const read = (): Settings => set(store.read(), policy);
  const preview = (changes: SettingsChanges): Settings => {
    const wanted = store.preview(changes);
    const before = read();
    const refused = locked
      .flatMap((section) => KEYS[section])
      .filter((key) => key in changes && !isDeepStrictEqual(compared(wanted)[key], compared(before)[key]));
    if (refused.length > 0) throw new OssError('OSS_SETTING_LOCKED', { fields: refused });
    return set(wanted, policy);
  };
  return {
    locked,
    read,
    preview,
    change(changes) {
      preview(changes);
      return set(store.change(changes), policy);
    },
  };
}

const compared = (settings: Settings): Settings => ({
  ...settings,
  restApi: { ...settings.restApi, clients: [] },
});
