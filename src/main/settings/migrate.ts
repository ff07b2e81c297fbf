import { OssError } from '../../contract/errors.ts';
import { RETENTION_DAYS } from '../../contract/ipc/admin/settings.ts';
import { SETTINGS_VERSION } from './port.ts';

type Stored = Readonly<Record<string, unknown>>;

/** One step a version: from the shape with this number to the next. Settings of the first shape had no number. */
const STEPS: Readonly<Record<number, (stored: Stored) => Stored>> = {
  /**
   * The remote service named its officer and one anchor; both became parts of their own. The rule for returning
   * signers became part of retention.
   */
  1(stored) {
    const { service, returningCustomerDays: customersDays, ...rest } = stored;
    const retention = { recordsDays: RETENTION_DAYS.usual, customersDays };
    const others = customersDays === undefined ? rest : { ...rest, retention };
    if (!isRemote(service)) return service === undefined ? others : { ...others, service };
    const { url, profile, anchor, username, registrationAuthority } = service;
    return {
      ...others,
      service: { kind: 'remote', url, profile },
      officer: { username, registrationAuthority },
      anchors: [{ pem: anchor, use: 'signatures' }],
    };
  },
};

const isRemote = (service: unknown): service is Stored =>
  typeof service === 'object' && service !== null && 'kind' in service && service.kind === 'remote';

/**
 * Brings stored settings to the present shape; what it makes is validated by anyone who reads it.
 * @throws OssError OSS_CONFIG_INVALID for settings of a newer station
 */
export function migrate(stored: Stored): Stored {
  const found = Object.keys(stored).length === 0 ? SETTINGS_VERSION : (stored.version ?? 1);
  if (typeof found !== 'number' || found > SETTINGS_VERSION) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: 'these settings are of a newer station' });
  }
  let migrated = stored;
  for (let version = found; version < SETTINGS_VERSION; version += 1) {
    migrated = STEPS[version]?.(migrated) ?? migrated;
  }
  return { ...migrated, version: SETTINGS_VERSION };
}
