import { join } from 'node:path';
import { jsonLog, toStandardError } from '../base/json-log.ts';
import { resourcesDirectory } from '../base/resources.ts';
import { PRODUCT_VERSION } from '../base/version.ts';
import type { SigningServiceDescription } from '../contract/model/signing-service.ts';
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
import type { ServiceOptions } from './options/service-options.ts';
import { sandboxAnchor } from './sandbox-anchor.ts';

/** What the command line may set beyond the defaults. */
export interface ApiSettings
  extends Pick<OptimizerApiOptions, 'listen' | 'clients' | 'adopter' | 'compatibility' | 'webhookSecret'> {
  readonly identityImages: ApiPolicy['identityImages'];
  readonly callbackHosts: ApiPolicy['callbackHosts'];
  readonly registrationAuthority: string | undefined;
  readonly profile: string | undefined;
  readonly maxFileBytes: number;
}

export interface OpenApi {
  readonly api: OptimizerApi;
  readonly info: SigningServiceDescription;
  close(): Promise<void>;
}

/** The Optimizer of an API, with what it remembers, before anybody can call it. */
export interface ApiOptimizer {
  readonly optimizer: Optimizer;
  readonly data: ApiData;
  readonly info: SigningServiceDescription;
  readonly connection: ApiConnection;
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
    const info = await service.describe();
    const data = await openApiData(directory, { kind: 'oneshot', baseUrl, tls });
    closers.push(() => data.close());
    const optimizer = await Optimizer.open({
      dataDirectory: directory,
      lock,
      service,
      serviceOf: data.serviceOf,
      documentWork: work,
      anchors: connection.anchor ?? sandboxAnchor(baseUrl, info),
      timestampUrls: options.tsa ?? [],
      signatureFontPath: join(resourcesDirectory(), 'fonts', 'NotoSans-Regular.ttf'),
    });
    closers.push(() => optimizer.close());
    return { optimizer, data, info, connection, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The Optimizer with its API, opened together and closed together.
 * @throws OssError as `openApiOptimizer`
 */
export async function openApi(
  options: ServiceOptions & SandboxOptions,
  settings: ApiSettings,
): Promise<OpenApi> {
  const { optimizer, data, info, connection, close: closeOptimizer } = await openApiOptimizer(options);
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
      policy: apiPolicyFor(info, {
        identityImages,
        maxFileBytes,
        callbackHosts,
        defaultRegistrationAuthority: registrationAuthority ?? connection.registrationAuthority,
        profile,
      }),
      version: PRODUCT_VERSION,
      log: (what, error) => log.error({ err: error }, what),
      notice: (text) => log.warn(text),
      ...(adopter === undefined ? {} : { adopter }),
      ...(webhookSecret === undefined ? {} : { webhookSecret }),
      ...(connection.officer === undefined ? {} : { officer: connection.officer }),
    });
    const close = async (): Promise<void> => {
      await api.close();
      await closeOptimizer();
    };
    return { api, info, close };
  } catch (error) {
    await closeOptimizer();
    throw error;
  }
}
