import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { autoUpdater } from 'electron-updater';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import type { UpdatePolicy } from '../../contract/policy.ts';
import { SignedProvider } from './signed-provider.ts';

const EVERY_MS = 4 * 3600_000;

/**
 * Asks the server that the policy names for new versions, now and then. One that was fetched is installed when the
 * station is closed: never while somebody signs.
 * @param folder of the account, where the updater's own configuration goes
 * @param report told why a version could not be asked for or fetched
 */
export function followUpdates(source: UpdatePolicy, folder: string, report: (thrown: unknown) => void): void {
  // What electron-builder would write into the package; where versions come from is the policy's.
  const configuration = join(folder, 'updates.yml');
  writeFileSync(configuration, 'updaterCacheDirName: one-shot-signature-station-updates\n');
  autoUpdater.logger = null;
  autoUpdater.autoDownload = true;
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.allowDowngrade = false;
  autoUpdater.disableWebInstaller = true;
  autoUpdater.updateConfigPath = configuration;
  class FromPolicy extends SignedProvider {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(source, runtime);
    }
  }
  autoUpdater.setFeedURL({ provider: 'custom', updateProvider: FromPolicy });
  autoUpdater.on('error', report);
  const ask = () => void autoUpdater.checkForUpdates().catch(report);
  ask();
  setInterval(ask, EVERY_MS).unref();
}
