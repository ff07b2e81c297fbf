import type { CscProvider } from '../../../contract/model/provider.ts';
import type { SigningCall, SigningResponse } from '../port.ts';
import { type Activation, authorise } from './authorise.ts';
import { activateByBrowser } from './browser-activation.ts';
import type { Credential } from './credential.ts';
import type { CscApi } from './csc-api.ts';
import type { OAuthClient } from './oauth.ts';

/** What one signature by the provider needs. */
export interface Signing {
  readonly api: CscApi;
  readonly provider: CscProvider;
  readonly credential: Credential;
  readonly pin: string | undefined;
  readonly client: OAuthClient | undefined;
  /** The provider gives time stamps, too. */
  readonly stamps: boolean;
  /** An answer is to be fetched later: what fetches it, should nobody wait any longer. */
  readonly remember: (fetch: () => Promise<SigningResponse>) => void;
}

/** @param hashes base64, in the order in which they will be signed @throws OssError OSS_OTP_REFUSED, OSS_SERVICE_* */
export function activate(
  { api, provider, credential, pin, client }: Signing,
  { authorisation }: SigningCall,
  hashes: readonly string[],
): Promise<Activation> {
  const { version } = provider;
  if (credential.mode === 'oauth2code') return activateByBrowser(client, version, credential.id, hashes);
  const code = authorisation.type === 'otp' ? authorisation.code : undefined;
  return authorise(api, version, credential, { hashes, code, pin });
}
