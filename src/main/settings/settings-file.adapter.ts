import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { OssError } from '../../contract/errors.ts';
import { migrate } from './migrate.ts';
import { type Settings, type SettingsChanges, type SettingsStore, settingsSchema } from './port.ts';

/** The channel that electron-store opens for pages that use it themselves. Ours do not, and it judges no sender. */
const STORE_CHANNEL = 'electron-store-get-data';

/**
 * Settings in one JSON file of the person's application data, written whole or not at all. Validated whenever
 * they are read.
 */
export function openSettings(directory: string): SettingsStore {
  const store = new ElectronStore<Record<string, unknown>>({ cwd: directory, name: 'settings' });
  ipcMain.removeAllListeners(STORE_CHANNEL);
  const read = (): Settings => validated(migrate(store.store));
  const preview = (changes: SettingsChanges): Settings => validated({ ...read(), ...changes });
  return {
    locked: [],
    read,
    preview,
    change(changes) {
      store.store = preview(changes);
      return read();
    },
  };
}

function validated(stored: Readonly<Record<string, unknown>>): Settings {
  const parsed = settingsSchema.safeParse(stored);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
  throw new OssError('OSS_CONFIG_INVALID', { fields }, { cause: parsed.error });
}
