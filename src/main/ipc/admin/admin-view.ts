import type { RestApiState } from '../../../contract/ipc/admin/rest-api.ts';
import type { AdminView } from '../../../contract/ipc/admin/settings.ts';
import { isRevoked } from '../../../contract/model/api-client.ts';
import { viewOfPem } from '../../../pki/index.ts';
import type { SecretName, SecretStore } from '../../secrets/port.ts';
import type { Settings } from '../../settings/port.ts';

export const logoUrl = (logo: string): string => `data:image/png;base64,${logo}`;

/** What the connection in use says of itself, and the policy. */
export interface ConnectionFacts {
  /** A change waits until nobody works with it. */
  readonly waiting: boolean;
  /** Sections that the policy of this computer sets. */
  readonly locked: AdminView['locked'];
  /** Undefined while there is none. */
  readonly restApi: RestApiState | undefined;
}

/** What the administrator may see of settings and secrets; of secrets only whether they are there. */
export async function adminViewOf(
  settings: Settings,
  secrets: SecretStore,
  { waiting, locked, restApi }: ConnectionFacts,
): Promise<AdminView> {
  const { service, officer, clientCertificate, anchors, level, timestampUrls, retention } = settings;
  const { language, signerLanguage, organisation, accent, logo } = settings;
  const { clients, callbackHosts: _, ...choice } = settings.restApi;
  const has = async (name: SecretName) => (await secrets.read(name)) !== undefined;
  return {
    keptIn: secrets.keptIn,
    service,
    officerPassword: await has('officer-password'),
    officerPin: await has('officer-pin'),
    providerSecret: await has('provider-secret'),
    providerPin: await has('provider-pin'),
    billingPassword: await has('billing-password'),
    anchors: anchors.map(({ pem, use }) => ({ ...viewOfPem(pem), use })),
    level,
    timestampUrls,
    trustedLists: settings.trustedLists,
    retention,
    languages: { clerk: language, signer: signerLanguage ?? language },
    organisation,
    locked,
    waiting,
    restApi: {
      ...choice,
      clients: clients.filter((client) => !isRevoked(client)).map(({ name }) => name),
      state: choice.enabled ? (restApi ?? { kind: 'waiting' }) : { kind: 'off' },
    },
    ...(officer && { officer }),
    ...(clientCertificate !== undefined && { clientCertificate: viewOfPem(clientCertificate) }),
    ...(accent !== undefined && { accent }),
    ...(logo !== undefined && { logo: logoUrl(logo) }),
  };
}
