import { readFile } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import type { ServiceConfig } from '../config/service-config.ts';

/** What node's TLS server takes. */
export interface TlsIdentity {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly ca?: Buffer;
  readonly requestCert: boolean;
  readonly rejectUnauthorized: boolean;
  readonly minVersion: 'TLSv1.2';
}

/** Reads the files of the listener. @throws OssError OSS_CONFIG_INVALID naming the one that is missing. */
export async function loadTlsIdentity(tls: ServiceConfig['api']['tls']): Promise<TlsIdentity | undefined> {
  if (tls === undefined) return undefined;
  const read = (entry: keyof typeof tls, path: string): Promise<Buffer> =>
    readFile(path).catch((cause: unknown) => {
      throw new OssError('OSS_CONFIG_INVALID', { reason: `api.tls.${entry}: cannot be read` }, { cause });
    });
  const mutual = tls.clientCaFile !== undefined;
  return {
    key: await read('keyFile', tls.keyFile),
    cert: await read('certificateFile', tls.certificateFile),
    ...(tls.clientCaFile === undefined ? {} : { ca: await read('clientCaFile', tls.clientCaFile) }),
    requestCert: mutual,
    rejectUnauthorized: mutual,
    minVersion: 'TLSv1.2',
  };
}
