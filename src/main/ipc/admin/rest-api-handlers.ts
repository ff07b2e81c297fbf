import { OssError } from '../../../contract/errors.ts';
import type { AdminView } from '../../../contract/ipc/admin/settings.ts';
import type { GroupHandlers } from '../../../contract/ipc/group.ts';
import type { AdminGroups } from '../../../contract/ipc/index.ts';
import { isRevoked } from '../../../contract/model/api-client.ts';
import { newApplication } from '../../../optimizer-api/index.ts';
import type { Caller } from '../../security/sender-policy.ts';
import type { AuditedSettings } from '../../settings/audited-settings.ts';
import type { Settings } from '../../settings/port.ts';

export interface RestApiParts {
  readonly settings: AuditedSettings;
  view(): Promise<AdminView>;
  /** The API is opened and closed with the connection. */
  renewConnection(concern: 'service'): void;
  announce(): void;
}

export type RestApiHandlers = Pick<
  GroupHandlers<AdminGroups['settings'], Caller>,
  'saveRestApi' | 'addApiClient' | 'removeApiClient'
>;

/** Whether applications may call the Optimizer of this station, and which. */
export function restApiHandlers({
  settings,
  view,
  renewConnection,
  announce,
}: RestApiParts): RestApiHandlers {
  const change = async (changes: Partial<Settings['restApi']>): Promise<AdminView> => {
    const { restApi } = settings.read();
    await settings.change('admin', { restApi: { ...restApi, ...changes } });
    if (restApi.enabled || changes.enabled) renewConnection('service');
    announce();
    return view();
  };
  return {
    saveRestApi: (choice) => change(choice),
    async addApiClient({ name }) {
      const { clients } = settings.read().restApi;
      if (clients.some((client) => client.name === name && !isRevoked(client))) {
        throw new OssError('OSS_REQUEST_INVALID', { fields: ['name'] });
      }
      const { key, client } = newApplication({ name });
      return { view: await change({ clients: [...clients, client] }), key };
    },
    removeApiClient({ name }) {
      const { clients } = settings.read().restApi;
      // The line stays: what the application had is closed by it when the API starts again.
      const revokedAt = new Date().toISOString();
      return change({
        clients: clients.map((client) =>
          client.name === name && !isRevoked(client) ? { ...client, revokedAt } : client,
        ),
      });
    },
  };
}
