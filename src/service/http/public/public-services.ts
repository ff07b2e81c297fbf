import type { Readiness } from '../../../contract/service-api/readiness.ts';
import type { SmsGateway } from '../../otp/gateways/port.ts';
import type { StatusService } from '../../status/status-service.ts';
import type { TimeStampAuthority } from '../../tsa/time-stamp-authority.ts';

/** What the routes of the public part call; each route takes what it needs. */
export interface PublicServices {
  readonly receipts: {
    /** Gateways that take calls of their vendor, by name. */
    readonly gateways: ReadonlyMap<string, SmsGateway>;
    /** The secret last part of the address of that name. */
    readonly token: (gateway: string) => string;
  };
  readonly ready: () => Promise<Readiness>;
  readonly status: StatusService;
  readonly tsa: Pick<TimeStampAuthority, 'respond'>;
  readonly practice: { readonly issuer: string; readonly sandbox: boolean };
}
