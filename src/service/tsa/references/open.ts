import { type Clock, systemClock } from '../../../base/clock.ts';
import { OssError } from '../../../contract/errors.ts';
import type { ServiceConfig } from '../../config/service-config.ts';
import { chronyClock } from './chrony-clock.ts';
import { databaseClock } from './database-clock.ts';
import type { ClockReference } from './port.ts';
import { tsaClock } from './tsa-clock.ts';

interface ClockPorts {
  readonly clock: Clock;
  readonly monotonic: () => number;
  /** Undefined where the database has no clock of its own. */
  readonly readClock: (() => Promise<number>) | undefined;
}

/** The clocks of the configuration. @throws OssError OSS_CONFIG_INVALID for one that is not there */
export function openReferences(
  { references }: ServiceConfig['clock'],
  { clock, monotonic, readClock }: ClockPorts,
): readonly ClockReference[] {
  const ofDatabase = readClock && databaseClock({ clock, monotonic, readClock });
  if (references === undefined) {
    // A clock that was put in is compared only with what was put in beside it.
    return ofDatabase === undefined || clock !== systemClock ? [] : [ofDatabase];
  }
  return references.map((reference) => {
    if (reference.type === 'chrony') return chronyClock(reference.command);
    if (reference.type === 'tsa') return tsaClock({ url: reference.url, clock, monotonic });
    if (ofDatabase !== undefined) return ofDatabase;
    throw new OssError('OSS_CONFIG_INVALID', { reason: 'clock.references: SQLite has no clock of its own' });
  });
}
