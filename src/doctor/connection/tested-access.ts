import type { OfficerCredentials, TlsOptions } from '../../optimizer/index.ts';

/** How a signature service is reached, and by whom it is believed, while that is being tried out. */
export interface TestedAccess {
  readonly baseUrl: string;
  readonly tls: TlsOptions;
  /** Absent where none are stored. */
  readonly credentials: OfficerCredentials | undefined;
  /** PEM of the roots of signatures and time stamps. */
  readonly anchors: string;
  readonly profile: string | undefined;
}
