import { beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../contract/policy.ts';
import { policedSettings } from './policed-settings.ts';
import { type Settings, type SettingsStore, settingsSchema } from './port.ts';

/** Settings as the file of an account keeps them. */
function kept(initial: object): SettingsStore & { stored: Settings } {
  const preview = (changes: object) => settingsSchema.parse({ ...store.stored, ...changes });
  const store = {
    stored: settingsSchema.parse(initial),
    locked: [],
    read: () => store.stored,
    preview,
    change(changes: object) {
      store.stored = preview(changes);
      return store.stored;
    },
  };
  return store;
}

const locked = expect.objectContaining({ code: 'OSS_SETTING_LOCKED' });
const POLICY: Policy['settings'] = {
  service: { kind: 'remote', url: 'https://sign.example' },
  timestamps: { level: 'B-LTA', timestampUrls: ['https://tsa.example/'] },
  restApi: { enabled: false, port: 8443, dropIn: false },
  branding: { organisation: 'Banco de Prueba' },
};

describe('settings under a policy', () => {
  let file: ReturnType<typeof kept>;
  let settings: SettingsStore;
  beforeEach(() => {
    file = kept({ organisation: 'Mine', accent: '#0f4c81', logo: 'AAAA' });
    settings = policedSettings(file, POLICY);
  });

  it('are what the policy says, and for the rest what the account chose', () => {
    expect(settings.locked).toEqual(['service', 'timestamps', 'restApi', 'branding']);
    expect(settings.read()).toMatchObject({
      service: { url: 'https://sign.example' },
      level: 'B-LTA',
      timestampUrls: ['https://tsa.example/'],
      restApi: { port: 8443, clients: [] },
      organisation: 'Banco de Prueba',
      retention: { recordsDays: 30 },
    });
    expect(settings.read()).not.toHaveProperty('accent');
    expect(settings.read()).not.toHaveProperty('logo');
  });

  it.each([
    { service: { kind: 'embedded' } },
    { level: 'B-B' },
    { timestampUrls: [] },
    { organisation: 'Other' },
    { accent: '#123456' },
    { logo: 'BBBB' },
    { restApi: { enabled: true, port: 8443, dropIn: true, clients: [], callbackHosts: [] } },
  ] as const)('are not changed where they are locked: %j', (changes) => {
    expect(() => settings.preview(changes as object)).toThrow(locked);
    expect(() => settings.change(changes as object)).toThrow(locked);
    expect(file.stored).toMatchObject({ organisation: 'Mine', logo: 'AAAA', level: 'automatic' });
  });

  it('are changed for the rest, keys of applications too', () => {
    expect(settings.change({ retention: { recordsDays: 7, customersDays: 0 } }).retention.recordsDays).toBe(
      7,
    );
    const client = { name: 'core', sha256: 'a'.repeat(64) };
    const { restApi } = settings.read();
    expect(
      settings.change({ restApi: { ...restApi, clients: [client] } as never }).restApi.clients,
    ).toHaveLength(1);
    expect(settings.change({ organisation: 'Banco de Prueba', theme: 'dark' }).theme).toBe('dark');
  });

  it('are those of the account again when the policy is gone', () => {
    settings.change({ theme: 'dark' });
    const free = policedSettings(file, {});
    expect(free.locked).toEqual([]);
    expect(free.read()).toMatchObject({
      organisation: 'Mine',
      accent: '#0f4c81',
      logo: 'AAAA',
      theme: 'dark',
    });
  });
});
