import type { Clock } from '../../base/clock.ts';
import type { OtpChallenges } from '../otp/challenges.ts';
import type { PinCheck } from '../ra/proven-pins.ts';
import type { Registration } from '../ra/registration.ts';
import type { RequestAccess } from '../ra/request-access.ts';
import type { LoggedInOfficer, OfficerSessions } from '../ra/session.ts';
import type { Sealing } from '../seals/sealing.ts';
import type { KeyedHash } from '../settings/master-secret.ts';
import type { ProfileConfig } from '../settings/profiles.ts';
import type { SigningService } from '../signing/signing.ts';
import type { Store } from '../store/store.ts';
import type { TimeStampAuthority } from '../tsa/time-stamp-authority.ts';

/** What the CSC interface stands on: the parts of the service that the other interface uses as well. */
export interface CscPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hashToken: KeyedHash;
  readonly sessions: OfficerSessions;
  readonly registration: Registration;
  readonly access: RequestAccess;
  readonly otp: OtpChallenges;
  readonly signing: SigningService;
  readonly sealing: Sealing;
  readonly checkPin: PinCheck;
  readonly tsa: Pick<TimeStampAuthority, 'respond'>;
  readonly profileOf: (id: string) => ProfileConfig;
  readonly tokenLifetimeMinutes: number;
  readonly requestLifetimeMinutes: number;
  readonly issuer: string;
  /** Of the listener, as clients reach it. */
  readonly baseUrl: string;
  readonly clients: readonly CscClient[];
}

/** An application that may use OAuth; it acts for one officer account. */
export interface CscClient {
  readonly id: string;
  /** Absent for a client that cannot keep one. */
  readonly secret?: string;
  readonly officer: string;
  readonly redirectUris: readonly string[];
}

/** Who calls, by a service token or by a credential token of OAuth. */
export interface CscCaller {
  readonly officer: LoggedInOfficer;
  /** The credential token itself: it is the SAD of the call. */
  readonly sad?: string;
}
