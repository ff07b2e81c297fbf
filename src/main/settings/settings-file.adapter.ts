import Conf from 'conf';
import { OssError } from '../../contract/errors.ts';
import { type Settings, type SettingsStore, settingsSchema } from './port.ts';

/**
 * Settings in one JSON file of the person's application data, written whole or not at all. Validated whenever
 * they are read. `conf` rather than electron-store on top of it, which opens an IPC channel that judges no sender.
 */
export function openSettings(directory: string): SettingsStore {
  const store = new Conf<Record<string, unknown>>({ cwd: directory, configName: 'settings' });
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
