import { join } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import type { ServiceInfo } from '../../contract/service-api/info.ts';
import {
  type OfficerCredentials,
  OneShotService,
  Optimizer,
  type SignatureService,
} from '../../optimizer/index.ts';
import type { SecretStore } from '../secrets/port.ts';
import type { Settings } from '../settings/port.ts';
import { startEmbeddedService } from './embedded-service.ts';

/** The signature service and the Optimizer that works with it, opened together and closed together. */
export interface Connection {
  readonly optimizer: Optimizer;
  readonly service: SignatureService;
  readonly info: ServiceInfo;
  readonly registrationAuthority: string;
  readonly profile: string;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly settings: Settings;
  readonly secrets: SecretStore | undefined;
  readonly dataDirectory: string;
  /** The compiled service, for the embedded one. */
  readonly serviceEntry: string;
  readonly signatureFontPath: string;
}

interface Access {
  readonly baseUrl: string;
  readonly credentials: OfficerCredentials;
  readonly anchor: string;
  readonly registrationAuthority: string;
  readonly profile: string | undefined;
  stop(): Promise<void>;
}

/** @throws OssError OSS_CREDENTIALS_INVALID, OSS_SERVICE_*, OSS_TRANSACTION_BUSY, OSS_ANCHOR_NEEDED */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const access = await accessFor(options);
  const { baseUrl, credentials } = access;
  const service = new OneShotService({ baseUrl, credentials });
  const release = async () => {
    await service.close();
    await access.stop();
  };
  try {
    const info = await service.info();
    const profile = access.profile ?? info.profiles[0]?.id;
    if (profile === undefined) throw new OssError('OSS_SERVICE_NONSENSE', { reason: 'no profile' });
    const optimizer = await Optimizer.open({
      dataDirectory: join(options.dataDirectory, 'station'),
      service,
      anchors: access.anchor,
      signatureFontPath: options.signatureFontPath,
    });
    const close = async () => {
      await optimizer.close();
      await release();
    };
    await optimizer.resume();
    return { optimizer, service, info, profile, registrationAuthority: access.registrationAuthority, close };
  } catch (error) {
    await release();
    throw error;
  }
}

async function accessFor({
  settings,
  secrets,
  dataDirectory,
  serviceEntry,
}: ConnectionOptions): Promise<Access> {
  const { service } = settings;
  if (service.kind === 'embedded') {
    const embedded = await startEmbeddedService(serviceEntry, join(dataDirectory, 'service'));
    const { apiUrl, sandbox } = embedded.ready;
    if (!sandbox)
      throw new OssError('OSS_CONFIG_INVALID', { reason: 'the embedded service is not a sandbox' });
    return {
      baseUrl: apiUrl,
      credentials: sandbox.officer,
      anchor: sandbox.anchorPem,
      registrationAuthority: sandbox.registrationAuthority,
      profile: undefined,
      stop: () => embedded.stop(),
    };
  }
  const password = await secrets?.read('officer-password');
  const pin = await secrets?.read('officer-pin');
  if (password === undefined || pin === undefined) {
    throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no credentials are stored' });
  }
  const { url, anchor, username, registrationAuthority, profile } = service;
  return {
    baseUrl: url,
    credentials: { username, password, pin },
    anchor,
    registrationAuthority,
    profile,
    stop: async () => undefined,
  };
}
