import { join } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import type { ServiceInfo } from '../../contract/service-api/info.ts';
import { OneShotService, Optimizer, type SignatureService } from '../../optimizer/index.ts';
import { type Access, type AccessOptions, accessTo } from './access.ts';

/** The signature service and the Optimizer that works with it, opened together and closed together. */
export interface Connection {
  readonly optimizer: Optimizer;
  readonly service: SignatureService;
  readonly info: ServiceInfo;
  readonly access: Access;
  readonly registrationAuthority: string;
  readonly profile: string;
  close(): Promise<void>;
}

export interface ConnectionOptions extends AccessOptions {
  /** Vault and journals. */
  readonly recordsDirectory: string;
  readonly signatureFontPath: string;
}

/** @throws OssError OSS_CREDENTIALS_INVALID, OSS_SECRETS_LOCKED, OSS_SERVICE_*, OSS_TRANSACTION_BUSY, OSS_ANCHOR_NEEDED */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const access = await accessTo(options);
  const { baseUrl, tls, credentials, registrationAuthority, anchors } = access;
  if (!credentials) throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no credentials are stored' });
  if (anchors === '') throw new OssError('OSS_ANCHOR_NEEDED');
  const service = new OneShotService({ baseUrl, credentials, tls });
  const release = async () => {
    await service.close();
    await access.stop();
  };
  try {
    const info = await service.info();
    const profile = access.profile ?? info.profiles[0]?.id;
    if (profile === undefined) throw new OssError('OSS_SERVICE_NONSENSE', { reason: 'no profile' });
    const optimizer = await Optimizer.open({
      dataDirectory: options.recordsDirectory,
      service,
      anchors,
      signatureFontPath: options.signatureFontPath,
      timestampUrls: timestampUrlsFor(options, info),
    });
    const close = async () => {
      await optimizer.close();
      await release();
    };
    await optimizer.resume();
    return { optimizer, service, info, access, profile, registrationAuthority, close };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * Those of the settings, in their order. In a sandbox its own comes last: named, it may stand on this machine
 * also where the settings have anchors of others beside that of the sandbox.
 */
function timestampUrlsFor({ settings }: ConnectionOptions, info: ServiceInfo): readonly string[] {
  const { timestampUrls, service } = settings;
  return service.kind === 'embedded' ? [...timestampUrls, info.timestampUrl] : timestampUrls;
}

/** Where the station keeps the records of its transactions. */
export const recordsDirectoryIn = (dataDirectory: string): string => join(dataDirectory, 'station');
