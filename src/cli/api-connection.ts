import { join } from 'node:path';
import { OssError } from '../contract/errors.ts';
import type { OfficerCredentials, TlsOptions } from '../optimizer/index.ts';
import { API_SANDBOX } from '../service/config/api-sandbox.ts';
import { startEmbeddedService } from './embedded-service.ts';
import { readTls, type ServiceOptions } from './options/service-options.ts';
import { readCertificatesPem } from './options/trust-options.ts';

export interface SandboxOptions {
  sandbox?: boolean;
  /** A code that everybody knows, for automatic trials. */
  fixedOtp?: string;
}

/** The signature service behind an API: officers come with each call, so none is needed to open it. */
export interface ApiConnection {
  readonly baseUrl: string;
  readonly tls: TlsOptions;
  readonly anchor: string | undefined;
  readonly registrationAuthority: string | undefined;
  /** Of an embedded sandbox. */
  readonly officer: OfficerCredentials | undefined;
  stop(): Promise<void>;
}

/** @throws OssError OSS_USAGE, OSS_FILE_NOT_FOUND, as attachEmbeddedService */
export async function connectApi(options: ServiceOptions & SandboxOptions): Promise<ApiConnection> {
  const { service, sandbox, fixedOtp } = options;
  if (options.provider !== undefined)
    throw new OssError('OSS_USAGE', { reason: 'the REST API works with our own signature service' });
  if ((service === undefined) === !sandbox) {
    throw new OssError('OSS_USAGE', { reason: 'give either --service or --sandbox' });
  }
  if (service === undefined) return embed(options);
  if (fixedOtp !== undefined)
    throw new OssError('OSS_USAGE', { reason: '--fixed-otp is for --sandbox only' });
  const { anchor } = options;
  return {
    baseUrl: service,
    tls: await readTls(options),
    anchor: anchor === undefined ? undefined : await readCertificatesPem(anchor),
    registrationAuthority: undefined,
    officer: undefined,
    stop: async () => undefined,
  };
}

async function embed({ data, fixedOtp }: ServiceOptions & SandboxOptions): Promise<ApiConnection> {
  const embedded = await startEmbeddedService(join(data, 'optimizer', 'service'), {
    ...API_SANDBOX,
    ...(fixedOtp === undefined ? {} : { otp: { fixedCode: fixedOtp, digits: fixedOtp.length } }),
  });
  const { apiUrl, sandbox } = embedded.ready;
  if (!sandbox) throw new OssError('OSS_CONFIG_INVALID', { reason: 'the embedded service is not a sandbox' });
  return {
    baseUrl: apiUrl,
    tls: {},
    anchor: sandbox.anchorPem,
    registrationAuthority: sandbox.registrationAuthority,
    officer: sandbox.officer,
    stop: () => embedded.stop(),
  };
}
