import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonLog, toStandardError } from '../base/json-log.ts';
import { resourcesDirectory } from '../base/resources.ts';
import { PRODUCT_VERSION } from '../base/version.ts';
import { OssError } from '../contract/errors.ts';
import { lockDirectory, Optimizer, openSigningService } from '../optimizer/index.ts';
import {
  type ApiData,
  type ApiPolicy,
  apiPolicyFor,
  type OptimizerApi,
  type OptimizerApiOptions,
  openApiData,
  startOptimizerApi,
} from '../optimizer-api/index.ts';
import { type ApiConnection, connectApi, type SandboxOptions } from './api-connection.ts';
import { documentWork } from './document-work.ts';
import { retainHeadless } from './headless-retention.ts';
import { indexNotice } from './index-notice.ts';
import type { ServiceOptions } from './options/service-options.ts';
import { sandboxAnchor } from './sandbox-anchor.ts';
import { type ServiceFacts, serviceFacts } from './service-facts.ts';

/** What the command line may set beyond the defaults. */
export interface ApiSettings
  extends Pick<OptimizerApiOptions, 'listen' | 'clients' | 'adopter' | 'compatibility' | 'webhookSecret'> {
  readonly identityImages: ApiPolicy['identityImages'];
  readonly callbackHosts: ApiPolicy['callbackHosts'];
  readonly registrationAuthority: string | undefined;
  readonly profile: string | undefined;
  readonly maxFileBytes: number;
  /** Days that records of ended transactions are kept. */
  readonly recordsDays: number;
}

export interface OpenApi {
  readonly api: OptimizerApi;
  readonly facts: ServiceFacts;
  close(): Promise<void>;
}

/** The Optimizer of an API, with what it remembers, before anybody can call it. */
export interface ApiOptimizer {
  readonly optimizer: Optimizer;
  readonly data: ApiData;
  readonly facts: ServiceFacts;
  readonly connection: ApiConnection;
  /** Indexes that were damaged. */
  readonly madeAgain: readonly string[];
  close(): Promise<void>;
}

/**
 * @param directory of its data
 * @throws OssError OSS_ANCHOR_NEEDED, OSS_SERVICE_*, OSS_DATA_IN_USE, OSS_CONFIG_*
 */
export async function openApiOptimizer(
  options: ServiceOptions & SandboxOptions,
  directory = join(options.data, 'optimizer'),
): Promise<ApiOptimizer> {
  // Starts while the service is asked.
  const work = documentWork();
  const closers: (() => Promise<void>)[] = [];
  const madeAgain: string[] = [];
  const close = async (): Promise<void> => {
    for (const step of closers.splice(0).reverse()) await step();
  };
  try {
    // Before anything else opens its files in there.
    const lock = await lockDirectory(directory);
    closers.push(() => lock.release());
    const connection = await connectApi(options);
    closers.push(connection.stop);
    const { baseUrl, tls } = connection;
    // Without credentials: it describes the service, and no transaction is without an officer.
    const service = openSigningService({ kind: 'oneshot', baseUrl, tls });
    closers.push(() => service.close());
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const facts = await serviceFacts(directory, service);
    closers.push(async () => facts.close());
    const data = await openApiData(directory, { kind: 'oneshot', baseUrl, tls });
    closers.push(() => data.close());
    const optimizer = await Optimizer.open({
      dataDirectory: directory,
      lock,
      service,
      serviceOf: data.serviceOf,
      documentWork: work,
      anchors: connection.anchor ?? anchorFrom(baseUrl, facts),
      timestampUrls: options.tsa ?? [],
      onSetAside(name) {
        madeAgain.push(name);
        indexNotice(directory)(name);
      },
      signatureFontPath: join(resourcesDirectory(), 'fonts', 'NotoSans-Regular.ttf'),
    });
    closers.push(() => optimizer.close());
    return { optimizer, data, facts, connection, madeAgain, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of a sandbox, which says it itself. @throws OssError OSS_SERVICE_* while it is away and never said it */
function anchorFrom(baseUrl: string, { info, away }: ServiceFacts): string {
  if (info === undefined) throw away ?? new OssError('OSS_SERVICE_UNREACHABLE');
  return sandboxAnchor(baseUrl, info);
}

/**
 * The Optimizer with its API, opened together and closed together.
 * @throws OssError as `openApiOptimizer`
 */
export async function openApi(
  options: ServiceOptions & SandboxOptions,
  settings: ApiSettings,
): Promise<OpenApi> {
  const opened = await openApiOptimizer(options);
  const { optimizer, data, facts, connection, madeAgain, close: closeOptimizer } = opened;
  try {
    const log = jsonLog({ level: 'warn' }, toStandardError());
    const { listen, clients, adopter, compatibility, webhookSecret } = settings;
    const { identityImages, maxFileBytes, callbackHosts, registrationAuthority, profile } = settings;
    const api = await startOptimizerApi({
      optimizer,
      data,
      listen,
      clients,
      compatibility,
      policy: apiPolicyFor(() => facts.info, {
        identityImages,
        maxFileBytes,
        callbackHosts,
        defaultRegistrationAuthority: registrationAuthority ?? connection.registrationAuthority,
        profile,
      }),
      version: PRODUCT_VERSION,
      log: (what, error) => log.error({ err: error }, what),
      notice: (text) => log.warn(text),
      recovered: (line) => log.warn(line),
      callbackFailed: (line) => log.warn(line),
      madeAgain,
      ...(adopter === undefined ? {} : { adopter }),
      ...(webhookSecret === undefined ? {} : { webhookSecret }),
      ...(connection.officer === undefined ? {} : { officer: connection.officer }),
    });
    const endRetention = retainHeadless({
      optimizer,
      data,
      days: settings.recordsDays,
      log: (what, error) => log.error({ err: error }, what),
      notice: (text) => log.info(text),
    });
    const close = async (): Promise<void> => {
      await endRetention();
      await api.close();
      await closeOptimizer();
    };
    if (facts.away)
      log.warn({ err: facts.away }, 'the signature service is away: finished files can be fetched');
    return { api, facts, close };
  } catch (error) {
    await closeOptimizer();
    throw error;
  }
}
