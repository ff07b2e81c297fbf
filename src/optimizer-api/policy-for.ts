import type { SigningServiceDescription } from '../contract/model/signing-service.ts';
import type { ApiPolicy } from './core/api-core.ts';

/** What clients name where they name nothing: the profile of their own documents. */
const DEFAULT_PROFILE = 'PFnubeNC';

export interface PolicyChoices
  extends Pick<
    ApiPolicy,
    'identityImages' | 'maxFileBytes' | 'callbackHosts' | 'defaultRegistrationAuthority'
  > {
  /** Profile of the service for names that it does not know; its first where absent. */
  readonly profile: string | undefined;
}

/** The rules of the API beside a signature service. */
export function apiPolicyFor(
  info: SigningServiceDescription,
  { profile, ...choices }: PolicyChoices,
): ApiPolicy {
  const offered = info.profiles.map(({ id }) => id);
  return {
    ...choices,
    mode: info.mode,
    defaultProfile: DEFAULT_PROFILE,
    profiles: { ...Object.fromEntries(offered.map((id) => [id, id])), '*': profile ?? offered[0] ?? '' },
  };
}
