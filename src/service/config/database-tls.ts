import { readFileSync } from 'node:fs';
import { OssError } from '../../contract/errors.ts';
import type { PostgresTls } from '../store/postgres.adapter.ts';
import type { ServiceConfig } from './service-config.ts';

type TlsFiles = NonNullable<Extract<ServiceConfig['database'], { type: 'postgres' }>['tls']>;

/**
 * Reads the files of the connection to the database.
 * @throws OssError OSS_CONFIG_INVALID naming the one that is missing.
 */
export function readDatabaseTls(files: TlsFiles): PostgresTls {
  const read = (entry: 'caFile' | 'certificateFile' | 'keyFile'): Buffer | undefined => {
    const path = files[entry];
    if (path === undefined) return undefined;
    try {
      return readFileSync(path);
    } catch (cause) {
      throw new OssError(
        'OSS_CONFIG_INVALID',
        { reason: `database.tls.${entry}: cannot be read` },
        { cause },
      );
    }
  };
  return {
    ca: read('caFile'),
    certificate: read('certificateFile'),
    key: read('keyFile'),
    serverName: files.serverName,
  };
}
