import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import type { StationView } from '../../contract/ipc/station.ts';
import type { SettingsStore } from '../settings/port.ts';
import type { Caller } from './sender-policy.ts';

export interface StationFacts {
  readonly version: string;
  readonly settings: SettingsStore;
  hasSecondDisplay(): boolean;
  pinNeeded(): boolean;
}

function view({ version, settings, hasSecondDisplay, pinNeeded }: StationFacts): StationView {
  const { organisation, accent, language, theme, service } = settings.read();
  return {
    version,
    host: 'standin' in process.versions ? 'stand-in' : 'electron',
    sandbox: service.kind === 'embedded',
    organisation,
    language,
    theme,
    hasSecondDisplay: hasSecondDisplay(),
    pinNeeded: pinNeeded(),
    ...(accent !== undefined && { accent }),
  };
}

export const stationHandlers = (facts: StationFacts): GroupHandlers<ClerkGroups['station'], Caller> => ({
  view: () => view(facts),
});

export const preferenceHandlers = (
  facts: StationFacts,
): GroupHandlers<ClerkGroups['preferences'], Caller> => ({
  change({ language, theme }) {
    facts.settings.change({ ...(language && { language }), ...(theme && { theme }) });
    return view(facts);
  },
});
