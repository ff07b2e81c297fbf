import { SerialQueue } from '../../base/keyed-queue.ts';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { RestApiState } from '../../contract/ipc/admin/rest-api.ts';
import { isRevoked } from '../../contract/model/api-client.ts';
import type { SigningServiceDescription } from '../../contract/model/signing-service.ts';
import { type OfficerCredentials, type Optimizer, RecoverySummary } from '../../optimizer/index.ts';
import {
  type ApiData,
  apiPolicyFor,
  newSealingKey,
  type SealingKey,
  startOptimizerApi,
} from '../../optimizer-api/index.ts';
import type { SecretStore } from '../secrets/port.ts';
import type { Settings } from '../settings/port.ts';

/** Only programs of this computer can call. */
const HOST = '127.0.0.1';
/** Larger documents are signed at the desk itself. */
const MAX_FILE_BYTES = 2 * 1024 ** 3;

export interface RestApiOptions {
  readonly settings: Settings;
  readonly optimizer: Optimizer;
  /** Absent where no application ever began something and the API is off, and with another provider. */
  readonly data: ApiData | undefined;
  readonly info: SigningServiceDescription;
  readonly profile: string;
  readonly registrationAuthority: string;
  /** That of the sandbox, for trials. */
  readonly officer: OfficerCredentials | undefined;
  readonly version: string;
  /** While a signer has the screen with it, applications cannot change a transaction. */
  readonly isAtDesk: (transactionId: string) => boolean;
  readonly report: (what: string, thrown: unknown) => void;
}

export interface RestApi {
  readonly state: RestApiState;
  close(): Promise<void>;
}

const NOTHING_OPEN = async (): Promise<void> => undefined;

/**
 * Starts the API where the administrator switched it on, and brings what applications began before up to date.
 * A port that is taken stops nobody from working at the desk.
 */
export async function openRestApi(options: RestApiOptions): Promise<RestApi> {
  const { settings, optimizer, data, info, profile, registrationAuthority, officer, report, isAtDesk } =
    options;
  const { enabled, port, dropIn, clients, callbackHosts } = settings.restApi;
  if (!data || !enabled || (!dropIn && clients.every(isRevoked))) {
    const summary = new RecoverySummary();
    const open = await optimizer.resume({
      onStanding(id, error) {
        report(`transaction ${id} after the restart`, error);
        summary.noteStanding(id, error);
      },
    });
    tellSetAside(report, summary.line(open), summary.hasSetAside);
    // Officers and profiles of applications are those of our own service.
    const reason = data ? 'noClient' : 'otherProvider';
    const state: RestApiState = enabled ? { kind: 'failed', reason } : { kind: 'off' };
    return { state, close: NOTHING_OPEN };
  }
  try {
    const api = await startOptimizerApi({
      optimizer,
      data,
      listen: { host: HOST, port },
      clients: dropIn ? undefined : async () => clients,
      policy: apiPolicyFor(() => info, {
        profile,
        defaultRegistrationAuthority: registrationAuthority,
        identityImages: 'optional',
        maxFileBytes: MAX_FILE_BYTES,
        callbackHosts: callbackHosts.length === 0 ? 'any' : callbackHosts,
      }),
      compatibility: { billingPassword: false, notFoundAs400: false },
      isAtDesk,
      version: options.version,
      log: report,
      notice: (text) => report(text, new OssError('OSS_CONFIG_UNSAFE', { fields: [text] })),
      recovered: (line, hasSetAside) => tellSetAside(report, line, hasSetAside),
      callbackFailed: (line) => report(line, new OssError('OSS_CALLBACK_FAILED', { fields: [line] })),
      ...(officer && { officer }),
    });
    return { state: { kind: 'listening', url: api.url }, close: () => api.close() };
  } catch (thrown) {
    report('the API does not start', thrown);
    const reason = toOssError(thrown).code === 'OSS_CONFIG_INVALID' ? 'portTaken' : 'other';
    return { state: { kind: 'failed', reason }, close: NOTHING_OPEN };
  }
}

/** At a station the log has what needs somebody. */
function tellSetAside(report: RestApiOptions['report'], line: string, hasSetAside: boolean): void {
  if (hasSetAside) report(line, new OssError('OSS_SET_ASIDE', { fields: [line] }));
}

/** The key under which credentials of officers rest, itself in the secret store; made at the first need. */
export function sealingKeyIn(secrets: () => Promise<SecretStore>): SealingKey {
  const turns = new SerialQueue();
  const load = async () => {
    const store = await secrets();
    const kept = await store.read('api-sealing-key');
    if (kept !== undefined) return Buffer.from(kept, 'base64');
    const key = newSealingKey();
    await store.write('api-sealing-key', key.toString('base64'));
    return key;
  };
  // One after the other: the first need of two at the same time makes one key.
  return () => turns.run(load);
}
