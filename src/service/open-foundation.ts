import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OssError } from '../contract/errors.ts';
import { openAuthorities, tryAuthorities } from './authorities.ts';
import type { Authorities } from './ca/authority.ts';
import { receiptUrl } from './ca/public-urls.ts';
import { readDatabaseTls } from './config/database-tls.ts';
import { findUnsafeSettings } from './config/production-checks.ts';
import type { ServiceConfig } from './config/service-config.ts';
import { describeCause } from './http/error-handler.ts';
import { openKeyStore } from './keys/open.ts';
import type { KeyStore } from './keys/port.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { type Channels, openChannels } from './otp/gateways/channels.ts';
import { gatewaysOf } from './otp/gateways/config.ts';
import { messageReceipts, type Receipts } from './otp/receipts.ts';
import { ensureInitialOfficer, ensureSandboxOfficer, officersWithSandboxCredentials } from './ra/officers.ts';
import { findUnfitSeals, openSeals } from './seals/open-seals.ts';
import type { Seals } from './seals/port.ts';
import type { ServicePorts } from './service-ports.ts';
import {
  deriveSecrets,
  generatedSecretPath,
  loadMasterSecret,
  type ServiceSecrets,
} from './settings/master-secret.ts';
import { type DatabaseLocation, openStore, type Store } from './store/store.ts';

/** Secrets, database and authorities: what has to be sound before anything is offered. */
export interface Foundation {
  readonly secrets: ServiceSecrets;
  readonly store: Store;
  readonly authorities: Authorities;
  readonly keyStore: KeyStore;
  readonly seals: Seals;
  readonly channels: Channels;
  readonly receipts: Receipts;
  readonly metrics: Metrics;
}

/** @throws OssError OSS_CONFIG_INVALID; OSS_CONFIG_UNSAFE with every reason against production. */
export async function openFoundation(
  config: ServiceConfig,
  publicUrl: string,
  ports: ServicePorts,
): Promise<Foundation> {
  const isSimulated = ports.sms?.sandboxOnly ?? usesOutbox(config);
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
  const opened: Closeable[] = [store];
  try {
    const metrics = createMetrics();
    const receipts = messageReceipts(store, clock, metrics);
    const channels = openChannels(config, ports.sms, {
      ...{ store, clock, metrics, environment: ports.environment, issuer: config.issuer },
      receiptUrl: (gateway) => receiptUrl(publicUrl, gateway, secrets.receiptToken(gateway)),
      takeReceipt: receipts.take,
      onConnection: (gateway, event) => ports.log.warn({ gateway, event }, 'connection of a gateway'),
    });
    opened.push(channels);
    if (config.mode === 'sandbox') await ensureSandboxOfficer(store, clock());
    else unsafe.push(...(await findUnsafeOfficers(config, store, clock())));
    const keyStore = openKeyStore(config, secrets, (reason) =>
      ports.log.warn({ reason }, 'the process of the token has ended'),
    );
    opened.push({ close: async () => keyStore.close?.() });
    const found = await tryAuthorities(openAuthorities(config, publicUrl, keyStore, ports));
    if (config.mode === 'production') unsafe.push(...(await findUnfitSeals(config, keyStore, clock())));
    if ('authorities' in found && unsafe.length === 0) {
      const { authorities } = found;
      const seals = openSeals({ config, keyStore, authorities, publicUrl, ports });
      return { secrets, store, authorities, keyStore, seals, channels, receipts, metrics };
    }
    throw unsafeError([...unsafe, ...('findings' in found ? found.findings : [])]);
  } catch (error) {
    for (const part of opened.reverse()) await part.close();
    throw error;
  }
}

interface Closeable {
  close(): Promise<void>;
}

const usesOutbox = ({ sms, voice, email }: ServiceConfig): boolean =>
  [sms, voice, email].some(
    (entry) => entry !== undefined && gatewaysOf(entry).some(({ type }) => type === 'outbox'),
  );

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
    ? { ...config.database, tls: config.database.tls && readDatabaseTls(config.database.tls) }
    : {
        type: 'sqlite',
        path: config.database.path ?? join(config.dataDirectory, 'service.db'),
        keyHex: databaseKey,
      };

const unsafeError = (findings: readonly string[]): OssError =>
  new OssError('OSS_CONFIG_UNSAFE', { reason: findings.join('; '), fields: findings });
