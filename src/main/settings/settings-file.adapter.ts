import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { OssError } from '../../contract/errors.ts';
import { type Settings, type SettingsStore, settingsSchema } from './port.ts';

/** The channel that electron-store opens for pages that use it themselves. Ours do not, and it judges no sender. */
const STORE_CHANNEL = 'electron-store-get-data';

/**
 * Settings in one JSON file of the person's application data, written whole or not at all. Validated whenever
 * they are read.
 */
export function openSettings(directory: string): SettingsStore {
  const store = new ElectronStore<Record<string, unknown>>({ cwd: directory, name: 'settings' });
  ipcMain.removeAllListeners(STORE_CHANNEL);
  const read = (): Settings => {
    const parsed = settingsSchema.safeParse(store.store);
    if (parsed.success) return parsed.data;
    const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
    throw new OssError('OSS_CONFIG_INVALID', { fields }, { cause: parsed.error });
  };
  return {
    read,
    change(changes) {
      store.store = settingsSchema.parse({ ...read(), ...changes });
      return read();
    },
  };
}
