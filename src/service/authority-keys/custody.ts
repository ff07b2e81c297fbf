import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import type { Certificate, Signer } from '../../pki/index.ts';
import { authorityDirectory } from '../authorities.ts';
import { AUTHORITY_NAMES, type AuthorityName } from '../ca/authority.ts';
import { AuthorityDirectory } from '../ca/authority-directory.ts';
import { keyFor } from '../ca/authority-key.ts';
import type { RandomBytes } from '../ca/serial-number.ts';
import { parseServiceConfig, type ServiceConfig } from '../config/service-config.ts';
import { openKeyStore } from '../keys/open.ts';
import type { KeyStore } from '../keys/port.ts';
import { deriveSecrets, loadMasterSecret } from '../settings/master-secret.ts';

/** Where keys and certificates of the authorities of one service are, opened as that service opens them. */
export interface Custody {
  readonly config: ServiceConfig;
  readonly keyStore: KeyStore;
  readonly directory: AuthorityDirectory;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/**
 * @param input a ServiceConfigInput, from wherever; it is validated here
 * @throws OssError OSS_CONFIG_INVALID, also when the master secret cannot be read
 */
export function openCustody(input: unknown, environment: NodeJS.ProcessEnv = process.env): Custody {
  const config = parseServiceConfig(input);
  if (config.mode === 'production' && config.masterSecret.from === 'generated') {
    refuse(['masterSecret: the one that a sandbox generates is not admitted in production']);
  }
  const secrets = deriveSecrets(loadMasterSecret(config, environment));
  return {
    config,
    keyStore: openKeyStore(config, secrets),
    directory: new AuthorityDirectory(authorityDirectory(config)),
    clock: systemClock,
    randomBytes,
  };
}

/** What there is for one role. */
export interface Holding {
  readonly signer: Signer | undefined;
  /** Of the key in the store. */
  readonly label: string | undefined;
  readonly certificate: Certificate | undefined;
}

export async function readHoldings({
  keyStore,
  directory,
}: Custody): Promise<ReadonlyMap<AuthorityName, Holding>> {
  const holdings = new Map<AuthorityName, Holding>();
  for (const name of AUTHORITY_NAMES) {
    const certificate = await directory.read(name);
    const key = await keyFor(keyStore, name, certificate);
    holdings.set(name, { signer: key?.signer, label: key?.label, certificate });
  }
  return holdings;
}

/** Refuses with every reason at once. @throws OssError OSS_CONFIG_INVALID */
export function refuse(findings: readonly string[]): void {
  if (findings.length > 0) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: findings.join('; '), fields: findings });
  }
}
