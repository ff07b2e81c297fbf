import type { Readiness } from '../../../contract/service-api/readiness.ts';
import type { StatusService } from '../../status/status-service.ts';
import type { TimeStampAuthority } from '../../tsa/time-stamp-authority.ts';
import type { ReceiptRoutes } from './routes/receipts.ts';

/** What the routes of the public part call; each route takes what it needs. */
export interface PublicServices {
  readonly receipts: ReceiptRoutes;
  readonly ready: () => Promise<Readiness>;
  readonly status: StatusService;
  readonly tsa: Pick<TimeStampAuthority, 'respond'>;
  readonly practice: { readonly issuer: string; readonly sandbox: boolean };
}
