import { OssError } from '../../contract/errors.ts';
import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import type { StationView } from '../../contract/ipc/station.ts';
import type { SecretKeeper } from '../secrets/secret-keeper.ts';
import type { Caller } from '../security/sender-policy.ts';
import type { AuditedSettings } from '../settings/audited-settings.ts';
import { logoUrl } from './admin/admin-view.ts';

/** What the windows show of the station itself. */
export interface ViewFacts {
  readonly version: string;
  readonly settings: AuditedSettings;
  readonly secrets: SecretKeeper;
  /** As the service says of itself; undefined before it was reached. */
  serviceMode(): 'sandbox' | 'production' | undefined;
  codeChannel(): StationView['codeChannel'];
  hasSecondDisplay(): boolean;
  signerDisplays(): Pick<StationView, 'signerDisplays' | 'signerDisplay'>;
  pinNeeded(): boolean;
}

export interface StationFacts extends ViewFacts {
  openAdmin(): void;
  identifyDisplays(): void;
  /** What the windows show changed. */
  announce(): void;
}

/** The service that comes with the station is one, and any that says so of itself. */
export const isSandbox = ({ settings, serviceMode }: Pick<ViewFacts, 'settings' | 'serviceMode'>): boolean =>
  settings.read().service.kind === 'embedded' || serviceMode() === 'sandbox';

const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };

export async function stationView(facts: ViewFacts): Promise<StationView> {
  const { service, restApi, ...settings } = facts.settings.read();
  const { organisation, accent, logo, language, signerLanguage, theme } = settings;
  // The service that comes with the station needs none of them.
  const needsSecrets = service.kind !== 'embedded' || restApi.enabled;
  return {
    version: facts.version,
    host: 'standin' in process.versions ? 'stand-in' : 'electron',
    sandbox: isSandbox(facts),
    organisation,
    language,
    signerLanguage: signerLanguage ?? language,
    theme,
    hasSecondDisplay: facts.hasSecondDisplay(),
    ...facts.signerDisplays(),
    pinNeeded: facts.pinNeeded(),
    ...given('codeChannel', facts.codeChannel()),
    secretsLocked: needsSecrets && (await facts.secrets.state()) === 'locked',
    ...(accent !== undefined && { accent }),
    ...(logo !== undefined && { logo: logoUrl(logo) }),
  };
}

/** @param open loads and opens what is behind the first window */
export const stationHandlers = (
  facts: ViewFacts,
  open: () => Promise<unknown>,
): GroupHandlers<ClerkGroups['station'], Caller> => ({
  view: () => stationView(facts),
  async opened() {
    await open();
  },
});

export const preferenceHandlers = (
  facts: StationFacts,
): GroupHandlers<ClerkGroups['preferences'], Caller> => ({
  async change({ language, theme, signerDisplay }) {
    await facts.settings.change('clerk', {
      ...(language && { language }),
      ...(theme && { theme }),
      ...(signerDisplay !== undefined && { signerDisplay }),
    });
    facts.announce();
    return stationView(facts);
  },
  openAdmin: () => facts.openAdmin(),
  identifyDisplays: () => facts.identifyDisplays(),
});

export const secretHandlers = (facts: StationFacts): GroupHandlers<ClerkGroups['secrets'], Caller> => ({
  async unlock({ passphrase }) {
    if ((await facts.secrets.state()) === 'new') throw new OssError('OSS_FORBIDDEN');
    await facts.secrets.unlock(passphrase);
    facts.announce();
    return stationView(facts);
  },
});
