import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OssError } from '../contract/errors.ts';
import { openAuthorities, tryAuthorities } from './authorities.ts';
import type { Authorities } from './ca/authority.ts';
import {
  deriveSecrets,
  generatedSecretPath,
  loadMasterSecret,
  type ServiceSecrets,
} from './config/master-secret.ts';
import { findUnsafeSettings } from './config/production-checks.ts';
import type { ServiceConfig } from './config/service-config.ts';
import { describeCause } from './http/error-handler.ts';
import { openKeyStore } from './keys/open.ts';
import { openSmsGateway } from './otp/gateways/open.ts';
import type { SmsGateway } from './otp/gateways/port.ts';
import { ensureInitialOfficer, ensureSandboxOfficer, officersWithSandboxCredentials } from './ra/officers.ts';
import type { ServicePorts } from './service-ports.ts';
import { type DatabaseLocation, openStore, type Store } from './store/store.ts';

/** Secrets, database and authorities: what has to be sound before anything is offered. */
export interface Foundation {
  readonly secrets: ServiceSecrets;
  readonly store: Store;
  readonly authorities: Authorities;
  readonly sms: SmsGateway;
}

/** @throws OssError OSS_CONFIG_INVALID; OSS_CONFIG_UNSAFE with every reason against production. */
export async function openFoundation(
  config: ServiceConfig,
  publicUrl: string,
  ports: ServicePorts,
): Promise<Foundation> {
  const isSimulated = ports.sms?.sandboxOnly ?? config.sms.type === 'outbox';
  const unsafe = config.mode === 'production' ? findUnsafeSettings(config, isSimulated) : [];
  assertSecretCanBeRead(config, unsafe);
  const secrets = deriveSecrets(loadMasterSecret(config, ports.environment));
  const { clock } = ports;
  const store = await openStore(databaseLocation(config, secrets), {
    clock,
    box: secrets.box,
    onConnectionLost: (error) =>
      ports.log.warn({ cause: describeCause(new Error('', { cause: error })) }, 'database connection lost'),
  });
  try {
    const sms = ports.sms ?? openSmsGateway(config.sms, { store, clock });
    if (config.mode === 'sandbox') await ensureSandboxOfficer(store, clock());
    else unsafe.push(...(await findUnsafeOfficers(config, store, clock())));
    const opened = await tryAuthorities(
      openAuthorities(config, publicUrl, openKeyStore(config, secrets), ports),
    );
    if ('authorities' in opened && unsafe.length === 0) {
      return { secrets, store, authorities: opened.authorities, sms };
    }
    throw unsafeError([...unsafe, ...('findings' in opened ? opened.findings : [])]);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A production start never generates the secret, hence cannot look further without one. */
function assertSecretCanBeRead(config: ServiceConfig, unsafe: readonly string[]): void {
  const missing =
    config.masterSecret.from === 'generated' && !existsSync(generatedSecretPath(config.dataDirectory));
  if (config.mode === 'production' && missing) throw unsafeError(unsafe);
}

async function findUnsafeOfficers(config: ServiceConfig, store: Store, now: Date): Promise<string[]> {
  if (config.initialOfficer !== undefined) await ensureInitialOfficer(store, config.initialOfficer, now);
  const names = await officersWithSandboxCredentials(store);
  return names.map((name) => `officer ${name}: has the password or the PIN of the sandbox`);
}

const databaseLocation = (config: ServiceConfig, { databaseKey }: ServiceSecrets): DatabaseLocation =>
  config.database.type === 'postgres'
    ? config.database
    : {
        type: 'sqlite',
        path: config.database.path ?? join(config.dataDirectory, 'service.db'),
        keyHex: databaseKey,
      };

const unsafeError = (findings: readonly string[]): OssError =>
  new OssError('OSS_CONFIG_UNSAFE', { reason: findings.join('; '), fields: findings });
