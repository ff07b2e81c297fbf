import { join } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import {
  type ChosenProvider,
  type OtherProvider,
  type ProviderSecrets,
  particularsOf,
  STORED_SECRETS,
  withOfficer,
} from '../../contract/model/provider.ts';
import type { OfficerCredentials, TlsOptions } from '../../optimizer/index.ts';
import { API_SANDBOX } from '../../service/config/api-sandbox.ts';
import type { SecretName, SecretStore } from '../secrets/port.ts';
import type { Settings } from '../settings/port.ts';
import { startEmbeddedService } from './embedded-service.ts';
import { anchorsFor, tlsOptionsOf } from './tls-options.ts';

/** How a service is reached, and by whom it is believed. */
export interface Access {
  readonly baseUrl: string;
  readonly tls: TlsOptions;
  /** Absent where none are stored. */
  readonly credentials: OfficerCredentials | undefined;
  /** PEM of the roots of signatures and time stamps. */
  readonly anchors: string;
  readonly registrationAuthority: string;
  readonly profile: string | undefined;
  /** Another provider than our own service. */
  readonly provider?: ProviderAccess;
  stop(): Promise<void>;
}

export interface ProviderAccess {
  readonly choice: OtherProvider;
  readonly secrets: ProviderSecrets;
}

export interface AccessOptions {
  readonly settings: Settings;
  /** @throws OssError OSS_SECRETS_LOCKED */
  readonly secrets: () => Promise<SecretStore>;
  readonly dataDirectory: string;
  /** The compiled service, for the embedded one. */
  readonly serviceEntry: string;
}

/** @throws OssError OSS_SECRETS_LOCKED, and those of a start of the embedded service */
export function accessTo(options: AccessOptions): Promise<Access> {
  const { service } = options.settings;
  switch (service.kind) {
    case 'embedded':
      return embeddedAccess(options);
    case 'remote':
      return remoteAccess(options, service);
    default:
      return providerAccess(options, service);
  }
}

/** @throws OssError OSS_CREDENTIALS_INVALID where an officer is needed */
async function providerAccess({ settings, secrets }: AccessOptions, chosen: ChosenProvider): Promise<Access> {
  const store = await secrets();
  const choice = withOfficer(chosen, settings.officer);
  if (choice === undefined) throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no officer is stored' });
  return {
    baseUrl: chosen.url,
    tls: await tlsOptionsOf(settings, store),
    credentials: undefined,
    anchors: anchorsFor(settings, 'signatures'),
    registrationAuthority: settings.officer?.registrationAuthority ?? '-',
    profile: particularsOf(choice).profile,
    provider: { choice, secrets: await secretsFor(chosen.kind, store) },
    stop: async () => undefined,
  };
}

async function secretsFor(kind: ChosenProvider['kind'], store: SecretStore): Promise<ProviderSecrets> {
  const names: Readonly<Record<string, SecretName>> = STORED_SECRETS[kind];
  const secrets: Record<string, string> = {};
  for (const [as, name] of Object.entries(names)) {
    const value = await store.read(name);
    if (value !== undefined) secrets[as] = value;
  }
  return secrets;
}

async function embeddedAccess({ settings, dataDirectory, serviceEntry }: AccessOptions): Promise<Access> {
  const forApi = settings.restApi.enabled ? API_SANDBOX : {};
  const embedded = await startEmbeddedService(serviceEntry, join(dataDirectory, 'service'), forApi);
  const { apiUrl, sandbox } = embedded.ready;
  if (!sandbox) throw new OssError('OSS_CONFIG_INVALID', { reason: 'the embedded service is not a sandbox' });
  return {
    baseUrl: apiUrl,
    tls: {},
    credentials: sandbox.officer,
    anchors: [sandbox.anchorPem, anchorsFor(settings, 'signatures')].join('\n'),
    registrationAuthority: sandbox.registrationAuthority,
    profile: undefined,
    stop: () => embedded.stop(),
  };
}

async function remoteAccess(
  { settings, secrets }: AccessOptions,
  { url, profile }: Extract<Settings['service'], { kind: 'remote' }>,
): Promise<Access> {
  const store = await secrets();
  const password = await store.read('officer-password');
  const pin = await store.read('officer-pin');
  const { officer } = settings;
  const isComplete = officer !== undefined && password !== undefined && pin !== undefined;
  return {
    baseUrl: url,
    tls: await tlsOptionsOf(settings, store),
    credentials: isComplete ? { username: officer.username, password, pin } : undefined,
    anchors: anchorsFor(settings, 'signatures'),
    registrationAuthority: officer?.registrationAuthority ?? '',
    profile,
    stop: async () => undefined,
  };
}
