/** What the station keeps from one start to the next, as far as its first window needs it. */
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { AuditList } from './audit/audit-list.ts';
import { openKeychain } from './secrets/keychain.adapter.ts';
import { SecretKeeper } from './secrets/secret-keeper.ts';
import { AuditedSettings } from './settings/audited-settings.ts';
import { openSettings } from './settings/settings-file.adapter.ts';

export interface StoredState {
  readonly settings: AuditedSettings;
  readonly secrets: SecretKeeper;
  readonly audit: AuditList;
}

/** Settings, secrets and audit list of this account. @throws OssError OSS_CONFIG_INVALID */
export function openStoredState(): StoredState {
  const folder = app.getPath('userData');
  const secrets = new SecretKeeper({ keychain: openKeychain, path: join(folder, 'secrets.json') });
  const audit = new AuditList({
    path: join(folder, 'audit.jsonl'),
    account: userInfo().username,
    secrets: () => secrets.available(),
  });
  return { settings: new AuditedSettings(openSettings(folder), audit), secrets, audit };
}
