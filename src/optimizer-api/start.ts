import type { AddressInfo } from 'node:net';
import { KeyedQueue } from '../base/keyed-queue.ts';
import { OssError } from '../contract/errors.ts';
import type { OfficerCredentials, Optimizer } from '../optimizer/index.ts';
import { type ApiCore, type ApiPolicy, type Compatibility, updateRequest, Views } from './core/api-core.ts';
import { callbackConnections } from './core/callback-guard.ts';
import type { Callbacks } from './core/callbacks.ts';
import { beginRecovery, followTransactions } from './core/recovery.ts';
import type { ServerTls } from './http/server.ts';
import type { ApiData } from './open-data.ts';
import { Ownership } from './ownership.ts';
import type { Applications } from './security/api-keys.ts';
import { assertSafeToListen, hostNamesOf } from './security/caller-guard.ts';

const CALLBACK_INTERVAL_MS = 1000;

export interface OptimizerApiOptions {
  readonly optimizer: Optimizer;
  readonly data: ApiData;
  readonly listen: {
    readonly host: string;
    /** 0 takes a free one. */
    readonly port: number;
    readonly tls?: ServerTls;
    /** Further names by which it may be called. */
    readonly hostNames?: readonly string[];
    /** Origins of web pages that may call. */
    readonly origins?: readonly string[];
  };
  /**
   * Who may call, by API key; each owns what it makes. Undefined lets every program of this machine call (drop-in):
   * all of them are one client then.
   */
  readonly clients: Applications | undefined;
  /** Name of the application that gets what was made without keys; by default the only one there is. */
  readonly adopter?: string;
  readonly policy: ApiPolicy;
  readonly compatibility: Compatibility;
  /** In a station: the signer has it on the screen. */
  readonly isAtDesk?: ApiCore['isAtDesk'];
  /** Signs the callbacks. */
  readonly webhookSecret?: string;
  /** Becomes a token of each application that has none: for trials. */
  readonly officer?: OfficerCredentials;
  readonly version: string;
  readonly log: ApiCore['log'];
  /** What the operator should know. */
  readonly notice: (text: string) => void;
  /** Told once what the start found and what came of it, in one line. */
  readonly recovered: (line: string, hasSetAside: boolean) => void;
  /** Indexes that were damaged, and were set aside when the data were opened. */
  readonly madeAgain?: readonly string[];
  /** Told of each callback that failed, in one line without address or content. */
  readonly callbackFailed: (line: string) => void;
  readonly now?: () => Date;
}

export interface OptimizerApi {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers both dialects, and meanwhile brings what an earlier process left to its end.
 * @throws OssError OSS_CONFIG_UNSAFE where it would be reachable from other machines without TLS or keys,
 *   OSS_CONFIG_INVALID where it cannot listen, as on a port that is taken
 */
export async function startOptimizerApi(options: OptimizerApiOptions): Promise<OptimizerApi> {
  const { listen, clients } = options;
  assertSafeToListen({ host: listen.host, clients, tls: listen.tls !== undefined });
  // The web server is loaded with the first start of the API: most stations never open it.
  const [{ buildServer }, { Callbacks }] = await Promise.all([
    import('./http/server.ts'),
    import('./core/callbacks.ts'),
  ]);
  const core = coreOf(options, Callbacks);
  const following = followTransactions(core);
  const recovery = await beginRecovery(core, options.recovered, options.madeAgain);
  const ownership = new Ownership(new Views(core), options);
  await ownership.begin();
  const rules = {
    hostNames: hostNamesOf(listen.host, listen.hostNames ?? []),
    origins: listen.origins ?? [],
    clients,
  };
  const server = await buildServer(core, {
    rules,
    tls: listen.tls,
    onCaller: (owner) => ownership.welcome(owner),
  });
  try {
    await server.listen({ host: listen.host, port: listen.port });
  } catch (cause) {
    recovery.stop();
    await server.close();
    await recovery.done;
    following.stop();
    throw listenFailure(cause, listen.port);
  }
  const pump = setInterval(() => {
    following.catchUp();
    void core.callbacks.deliverDue();
    void ownership.closeRevoked();
  }, CALLBACK_INTERVAL_MS);
  const { port } = server.server.address() as AddressInfo;
  const name = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
  return {
    url: `${listen.tls ? 'https' : 'http'}://${name}:${port}`,
    async close() {
      clearInterval(pump);
      recovery.stop();
      await server.close();
      await recovery.done;
      await core.turns.settled();
      following.stop();
      await core.callbacks.close();
    },
  };
}

function listenFailure(cause: unknown, port: number): OssError {
  const isTaken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
  const reason = isTaken ? `port ${port} is taken by another program` : 'the address cannot be listened on';
  return new OssError('OSS_CONFIG_INVALID', { reason }, { cause });
}

function coreOf(options: OptimizerApiOptions, Delivery: typeof Callbacks): ApiCore {
  const { optimizer, data, policy, compatibility, version, log, webhookSecret } = options;
  const now = options.now ?? (() => new Date());
  return {
    optimizer,
    store: data.store,
    records: data.records,
    files: data.files,
    requests: data.requests,
    pending: data.pending,
    secrets: data.secrets,
    accounts: data.accounts,
    callbacks: new Delivery(data.pending, callbackConnections(policy.callbackHosts), {
      secret: webhookSecret,
      now,
      warn: options.callbackFailed,
      onGone: (pk) => updateRequest(data, pk, { callback: undefined }),
    }),
    turns: new KeyedQueue(),
    policy,
    compatibility,
    isAtDesk: options.isAtDesk ?? (() => false),
    version,
    now,
    log,
  };
}
