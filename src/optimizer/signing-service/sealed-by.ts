import { OssError } from '../../contract/errors.ts';
import { absentService } from './absent-service.ts';
import type { SigningService } from './port.ts';

/** Who signs: the signer whom the service registers, or one of its seals. */
export function sealedBy(seal: string | undefined, service: SigningService): SigningService {
  if (seal === undefined) return service;
  return service.seals?.signer(seal) ?? absentService(new OssError('OSS_SEAL_NOT_OFFERED', { seal }));
}
