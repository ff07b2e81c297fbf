import type { ServiceInfo } from '../../../contract/service-api/info.ts';
import type { Readiness } from '../../../contract/service-api/readiness.ts';
import type { OtpChallenges } from '../../otp/challenges.ts';
import type { IdPictures } from '../../ra/id-pictures.ts';
import type { Registration } from '../../ra/registration.ts';
import type { RequestAccess } from '../../ra/request-access.ts';
import type { OfficerSessions } from '../../ra/session.ts';
import type { Sealing } from '../../seals/sealing.ts';
import type { ProfileConfig } from '../../settings/profiles.ts';
import type { SigningService } from '../../signing/signing.ts';
import type { Store } from '../../store/store.ts';
import type { TransparencyLog } from '../../transparency/log.ts';

/** What the routes of the API call; each route takes what it needs. */
export interface ApiServices {
  readonly info: () => ServiceInfo;
  readonly ready: () => Promise<Readiness>;
  readonly sessions: OfficerSessions;
  readonly registration: Registration;
  readonly idPictures: IdPictures;
  readonly access: RequestAccess;
  readonly otp: OtpChallenges;
  readonly signing: SigningService;
  readonly sealing: Sealing;
  /** Upper bound of one time-stamp token. */
  readonly timestampBytes: number;
  readonly profileOf: (id: string) => ProfileConfig;
  readonly log: Pick<TransparencyLog, 'verifierKey' | 'entriesOf'>;
  readonly store: Pick<Store, 'requests' | 'events' | 'outbox' | 'sandboxMessages'>;
}
