import { arch, hostname, platform, release, version } from 'node:os';
import { type SettingsView, settingsFormSchema } from '../../contract/optimizer-api/index.ts';
import { settingsKey } from '../store/owners.ts';
import type { ApiCore, CallCore } from './api-core.ts';
import { assertEnvironment, environmentName } from './environment.ts';
import { parseForm } from './form-body.ts';

const MASK = '********';

export function readSettings({ records, owner, policy, compatibility }: CallCore): SettingsView {
  const { tsa, request, billing } = records.settings.get(settingsKey(owner)) ?? {};
  const password = billing?.billing_password ?? '';
  return {
    general: {
      environment: environmentName(policy.mode),
      rootstore: 'manual',
      configuration: 'default',
      usepdfclean: false,
    },
    tsa: { tsa_url: tsa?.tsa_url ?? '' },
    request: {
      default_profile: request?.default_profile ?? policy.defaultProfile,
      default_ra: request?.default_ra ?? policy.defaultRegistrationAuthority ?? '',
    },
    billing: {
      billing_username: billing?.billing_username ?? '',
      // The older Optimizer answered the password itself.
      billing_password: password === '' || compatibility.billingPassword ? password : MASK,
    },
    proxy: {
      useproxy: 'false',
      proxy_host: '',
      proxy_port: '',
      proxy_protocol: '',
      proxy_username: '',
      proxy_password: '',
      useproxycredentials: 'false',
    },
  };
}

/** Changes what is named, nothing else. @throws Refusal 400 */
export function changeSettings({ records, owner, store, policy }: CallCore, body: unknown): void {
  const { general, tsa, request, billing } = parseForm(settingsFormSchema, body);
  assertEnvironment(general?.environment, policy.mode);
  store.atomically(() => {
    const key = settingsKey(owner);
    const current = records.settings.get(key);
    store.noteRemoval();
    records.settings.put(key, {
      tsa: { ...current?.tsa, ...tsa },
      request: { ...current?.request, ...request },
      // A client that sends back what it read does not mean the mask.
      billing: {
        ...current?.billing,
        ...billing,
        ...(billing?.billing_password === MASK
          ? { billing_password: current?.billing?.billing_password }
          : {}),
      },
    });
  });
}

export const describeVersion = ({ version: own }: Pick<ApiCore, 'version'>) => ({
  name: 'OneShot Optimizer',
  version: own,
  info: {
    machine: arch(),
    version: version(),
    release: release(),
    hostname: hostname(),
    system: platform(),
    processor: arch(),
  },
});
