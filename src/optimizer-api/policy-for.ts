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

/**
 * The rules of the API beside a signature service.
 * @param info what the service says of itself; undefined while it is away and was never reached. Production is assumed
 *   then: nothing of a trial is allowed by mistake.
 */
export function apiPolicyFor(
  info: () => SigningServiceDescription | undefined,
  { profile, ...choices }: PolicyChoices,
): ApiPolicy {
  return {
    ...choices,
    defaultProfile: DEFAULT_PROFILE,
    get mode() {
      return info()?.mode ?? 'production';
    },
    get profiles() {
      const offered = info()?.profiles.map(({ id }) => id) ?? [];
      return { ...Object.fromEntries(offered.map((id) => [id, id])), '*': profile ?? offered[0] ?? '' };
    },
  };
}
