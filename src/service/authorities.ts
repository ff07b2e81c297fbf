import { join } from 'node:path';
import { OssError } from '../contract/errors.ts';
import type { Authorities } from './ca/authority.ts';
import { loadAuthorities } from './ca/load-authorities.ts';
import { ensureSandboxAuthorities } from './ca/sandbox-authorities.ts';
import type { ServiceConfig } from './config/service-config.ts';
import type { KeyStore } from './keys/port.ts';
import type { ServicePorts } from './service-ports.ts';

export const authorityDirectory = (config: Pick<ServiceConfig, 'dataDirectory'>): string =>
  join(config.dataDirectory, 'authorities');

/** Makes and keeps them in a sandbox; in production they come from elsewhere and are only read. */
export async function openAuthorities(
  config: ServiceConfig,
  publicUrl: string,
  keyStore: KeyStore,
  { clock, randomBytes }: Pick<ServicePorts, 'clock' | 'randomBytes'>,
): Promise<Authorities> {
  const directory = authorityDirectory(config);
  return config.mode === 'sandbox'
    ? ensureSandboxAuthorities({ keyStore, directory, publicUrl, clock, randomBytes })
    : loadAuthorities(directory, keyStore, clock);
}

/** What is wrong with the authorities of a production service, or the authorities. */
export async function tryAuthorities(
  open: Promise<Authorities>,
): Promise<{ readonly authorities: Authorities } | { readonly findings: readonly string[] }> {
  try {
    return { authorities: await open };
  } catch (error) {
    if (!(error instanceof OssError) || error.code !== 'OSS_CONFIG_UNSAFE') throw error;
    const { fields } = error.details;
    return { findings: Array.isArray(fields) ? fields : [error.message] };
  }
}
