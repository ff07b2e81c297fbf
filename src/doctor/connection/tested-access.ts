import type { OtherProvider, ProviderSecrets } from '../../contract/model/provider.ts';
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
  /** Another provider than our own service, with what it is to be told. */
  readonly provider?: {
    readonly choice: OtherProvider;
    readonly secrets: ProviderSecrets;
    readonly openBrowser?: (url: string) => Promise<void> | void;
  };
}
