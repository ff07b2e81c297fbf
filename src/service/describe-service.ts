import { PRODUCT_VERSION } from '../base/version.ts';
import { toUtcSeconds } from '../contract/model/encoding.ts';
import { LANGUAGES } from '../contract/model/language.ts';
import type { Profile, ServiceInfo } from '../contract/service-api/info.ts';
import { toPem } from '../pki/index.ts';
import { largestChainBytes } from './ca/declared-sizes.ts';
import { caIssuersUrl, timestampUrl } from './ca/public-urls.ts';
import type { ServiceConfig } from './config/service-config.ts';
import type { Foundation } from './open-foundation.ts';
import type { ServicePorts } from './service-ports.ts';

/** What clients ask first: profiles with their sizes, limits of the codes, addresses. */
export async function describeService(
  config: ServiceConfig,
  publicUrl: string,
  cpsUri: string,
  { authorities }: Foundation,
  timestampBytes: number,
  { clock, randomBytes }: ServicePorts,
): Promise<() => ServiceInfo> {
  const urls = { practiceStatementUrl: cpsUri, caIssuersUrl: caIssuersUrl(publicUrl, 'issuing') };
  const profiles: Profile[] = await Promise.all(
    config.profiles.map(async (profile) => ({
      ...profile,
      chainBytes: await largestChainBytes(profile.keyAlgorithm, authorities, urls, randomBytes),
      timestampBytes,
    })),
  );
  const { digits, lifetimeSeconds, tries, resendAfterSeconds, codesPerRequest } = config.otp;
  const sandboxAnchor = toPem(authorities.root.certificate.der);
  return () => ({
    name: 'One-Shot Signature Service',
    version: PRODUCT_VERSION,
    mode: config.mode,
    issuer: config.issuer,
    time: toUtcSeconds(clock()),
    languages: [...LANGUAGES],
    profiles,
    otp: { digits, lifetimeSeconds, tries, resendAfterSeconds, codesPerRequest },
    publicUrl,
    timestampUrl: timestampUrl(publicUrl),
    sendsValidationData: true,
    ...(config.mode === 'sandbox' ? { sandboxAnchor } : {}),
  });
}
