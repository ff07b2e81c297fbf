/** What the station stands on: what it keeps, the service it works with, and the records of that work. */
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { type OssError, toOssError } from '../contract/errors.ts';
import { AuditList } from './audit/audit-list.ts';
import { Retention } from './retention/retention.ts';
import { openKeychain } from './secrets/keychain.adapter.ts';
import { SecretKeeper } from './secrets/secret-keeper.ts';
import { openConnection, recordsDirectoryIn } from './service/connection.ts';
import { ConnectionHolder } from './service/connection-holder.ts';
import { AuditedSettings } from './settings/audited-settings.ts';
import { openSettings } from './settings/settings-file.adapter.ts';

export interface ServiceOptions {
  /** Folder of the compiled `main`. */
  readonly bundles: string;
  readonly resources: string;
  readonly report: (error: OssError) => void;
}

/** What the station keeps from one start to the next. */
export interface Kept {
  readonly settings: AuditedSettings;
  readonly secrets: SecretKeeper;
  readonly audit: AuditList;
}

/** Settings, secrets and audit list of this account. */
export function openKept(): Kept {
  const folder = app.getPath('userData');
  const secrets = new SecretKeeper({ keychain: openKeychain(), path: join(folder, 'secrets.json') });
  const audit = new AuditList({
    path: join(folder, 'audit.jsonl'),
    account: userInfo().username,
    secrets: () => secrets.available(),
  });
  return { settings: new AuditedSettings(openSettings(folder), audit), secrets, audit };
}

/** The signature service in use, and the records of what was done with it. */
export function openService(
  { settings, secrets, audit }: Kept,
  { bundles, resources, report }: ServiceOptions,
  events: { isBusy(): boolean; onChange(): void },
) {
  const dataDirectory = app.getPath('userData');
  const recordsDirectory = recordsDirectoryIn(dataDirectory);
  const access = () => ({
    settings: settings.read(),
    secrets: () => secrets.store(),
    dataDirectory,
    serviceEntry: join(bundles, 'main', 'signature-service.js'),
  });
  const onFailure = (error: unknown) => report(toOssError(error));
  const connection = new ConnectionHolder({
    ...events,
    onFailure,
    async open() {
      // Before anything else is done with the records: those whose time is over go.
      await retention.applyToClosed();
      const signatureFontPath = join(resources, 'fonts', 'NotoSans-Regular.ttf');
      return openConnection({ ...access(), recordsDirectory, signatureFontPath });
    },
  });
  const retention = new Retention({
    recordsDirectory,
    recordsDays: () => settings.read().retention.recordsDays,
    connection,
    onRemoved: (count) => audit.append({ role: 'station', action: 'recordsRemoved', after: String(count) }),
  });
  retention.repeatDaily(onFailure);
  return { connection, retention, access };
}
