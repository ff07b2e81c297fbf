/** What the station keeps from one start to the next, as far as its first window needs it. */
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import type { Policy } from '../contract/policy.ts';
import { AuditList } from './audit/audit-list.ts';
import { policyFile, readPolicy } from './policy/policy-file.ts';
import { openKeychain } from './secrets/keychain.adapter.ts';
import { SecretKeeper } from './secrets/secret-keeper.ts';
import { AuditedSettings } from './settings/audited-settings.ts';
import { policedSettings } from './settings/policed-settings.ts';
import { openSettings } from './settings/settings-file.adapter.ts';

export interface StoredState {
  readonly settings: AuditedSettings;
  readonly secrets: SecretKeeper;
  readonly audit: AuditList;
  /** What the operator of this computer has set for everybody on it. */
  readonly policy: Policy;
}

/** Settings, secrets and audit list of this account. @throws OssError OSS_CONFIG_INVALID, OSS_POLICY_INVALID */
export function openStoredState(): StoredState {
  const folder = app.getPath('userData');
  const secrets = new SecretKeeper({ keychain: openKeychain, path: join(folder, 'secrets.json') });
  const audit = new AuditList({
    path: join(folder, 'audit.jsonl'),
    account: userInfo().username,
    secrets: () => secrets.available(),
  });
  // In a package nobody but the operator says where the policy is.
  const policy = readPolicy(policyFile(app.isPackaged ? undefined : process.env.ONESHOT_STATION_POLICY));
  const settings = policedSettings(openSettings(folder), policy.settings);
  return { settings: new AuditedSettings(settings, audit), secrets, audit, policy };
}
