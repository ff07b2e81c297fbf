import { join } from 'node:path';
import { resourcesDirectory } from '../base/resources.ts';
import { OssError } from '../contract/errors.ts';
import { particularsOf } from '../contract/model/provider.ts';
import type { SigningServiceDescription } from '../contract/model/signing-service.ts';
import {
  type DirectoryLock,
  lockDirectory,
  Optimizer,
  type OutboundCall,
  openSigningService,
  type SigningService,
  type SigningServiceConfig,
} from '../optimizer/index.ts';
import type { EmbeddedService } from '../service/embedded/embedded-service.ts';
import { documentWork } from './document-work.ts';
import { startEmbeddedService } from './embedded-service.ts';
import { indexNotice } from './index-notice.ts';
import { readProvider } from './options/provider-option.ts';
import { readTls, type ServiceOptions } from './options/service-options.ts';
import { readCertificatesPem } from './options/trust-options.ts';
import { sandboxAnchor } from './sandbox-anchor.ts';
import { Terminal } from './terminal.ts';

/** Everything a command needs to sign, opened together and closed together. */
export interface CommandStation {
  readonly optimizer: Optimizer;
  readonly service: SigningService;
  readonly info: SigningServiceDescription;
  /** PEM of the pinned roots. */
  readonly anchor: string;
  /** Default registration authority of a sandbox. */
  readonly registrationAuthority: string | undefined;
  close(): Promise<void>;
}

interface Connection {
  readonly service: SigningServiceConfig;
  readonly anchor: string | undefined;
  readonly registrationAuthority: string | undefined;
  readonly embedded?: EmbeddedService;
}

/**
 * @param dataDirectory of the records; the embedded service always lies in `options.data`
 * @throws OssError OSS_ANCHOR_NEEDED, OSS_CREDENTIALS_INVALID, OSS_SERVICE_*, OSS_DATA_IN_USE
 */
export async function openStation(
  options: ServiceOptions,
  onCall?: (call: OutboundCall) => void,
  dataDirectory = join(options.data, 'station'),
): Promise<CommandStation> {
  // Before the embedded service: it keeps its data beside, and would only say that its database is taken.
  const lock = await lockDirectory(dataDirectory);
  try {
    return await open(options, { dataDirectory, lock }, onCall);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function open(
  options: ServiceOptions,
  owned: { readonly dataDirectory: string; readonly lock: DirectoryLock },
  onCall?: (call: OutboundCall) => void,
): Promise<CommandStation> {
  // Starts while the service is asked.
  const work = documentWork();
  const connection = await connectionOf(options);
  const service = openSigningService({ ...connection.service, ...(onCall && { onCall }) });
  const release = async (): Promise<void> => {
    await service.close();
    await connection.embedded?.stop();
  };
  try {
    const info = await service.describe();
    const anchor = connection.anchor ?? anchorOf(connection.service, info);
    const optimizer = await Optimizer.open({
      ...owned,
      service,
      anchors: anchor,
      documentWork: work,
      timestampUrls: options.tsa ?? [],
      onSetAside: indexNotice(owned.dataDirectory),
      signatureFontPath: join(resourcesDirectory(), 'fonts', 'NotoSans-Regular.ttf'),
    });
    const close = async (): Promise<void> => {
      await optimizer.close();
      await release();
    };
    return {
      optimizer,
      service,
      info,
      anchor,
      registrationAuthority: connection.registrationAuthority,
      close,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function connectionOf(options: ServiceOptions): Promise<Connection> {
  const { service, provider } = options;
  if (provider !== undefined && service !== undefined)
    throw new OssError('OSS_USAGE', { reason: 'give either --service or --provider' });
  if (provider !== undefined) return connectProvider(options, provider);
  return service === undefined ? embed(options) : connect(options, service);
}

/** @throws OssError OSS_ANCHOR_NEEDED where it has to come by another way than the service */
function anchorOf(service: SigningServiceConfig, info: SigningServiceDescription): string {
  if (service.kind !== 'oneshot') throw new OssError('OSS_ANCHOR_NEEDED');
  return sandboxAnchor(service.baseUrl, info);
}

async function connectProvider(options: ServiceOptions, file: string): Promise<Connection> {
  const { choice, secrets } = await readProvider(file);
  const openBrowser = (url: string) => new Terminal(false).warn(`Open this page in a browser: ${url}`);
  const common = { secrets, tls: await readTls(options), openBrowser };
  return {
    service: { ...choice, ...common },
    anchor: options.anchor === undefined ? undefined : await readCertificatesPem(options.anchor),
    registrationAuthority: particularsOf(choice).registrationAuthority ?? '-',
  };
}

async function embed({ data }: ServiceOptions): Promise<Connection> {
  const embedded = await startEmbeddedService(join(data, 'service'));
  const { apiUrl, sandbox } = embedded.ready;
  if (!sandbox) throw new OssError('OSS_CONFIG_INVALID', { reason: 'the embedded service is not a sandbox' });
  return {
    embedded,
    service: { kind: 'oneshot', baseUrl: apiUrl, credentials: sandbox.officer },
    anchor: sandbox.anchorPem,
    registrationAuthority: sandbox.registrationAuthority,
  };
}

async function connect(options: ServiceOptions, baseUrl: string): Promise<Connection> {
  const { ONESHOT_PASSWORD: password, ONESHOT_PIN: pin } = process.env;
  if (options.user === undefined || password === undefined || pin === undefined) {
    throw new OssError('OSS_CREDENTIALS_INVALID', {
      reason: 'give --user, and the variables ONESHOT_PASSWORD and ONESHOT_PIN',
    });
  }
  return {
    service: {
      kind: 'oneshot',
      baseUrl,
      tls: await readTls(options),
      credentials: { username: options.user, password, pin },
    },
    anchor: options.anchor === undefined ? undefined : await readCertificatesPem(options.anchor),
    registrationAuthority: undefined,
  };
}
