import { OssError } from '../contract/errors.ts';
import type { SigningServiceDescription } from '../contract/model/signing-service.ts';

/**
 * A sandbox on this machine may name its own root; from anywhere else an anchor must come by another way.
 * @throws OssError OSS_ANCHOR_NEEDED
 */
export function sandboxAnchor(baseUrl: string, info: SigningServiceDescription): string {
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(baseUrl).hostname);
  if (info.mode !== 'sandbox' || !isLocal || info.sandboxAnchor === undefined)
    throw new OssError('OSS_ANCHOR_NEEDED');
  return info.sandboxAnchor;
}
