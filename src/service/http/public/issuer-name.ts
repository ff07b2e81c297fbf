import { OssError } from '../../../contract/errors.ts';
import type { IssuerName } from '../../ca/authority.ts';

/** @throws OssError OSS_NOT_FOUND for anything that is not an issuing authority. */
export function issuerNamed(name: string): IssuerName {
  if (name === 'root' || name === 'issuing') return name;
  throw new OssError('OSS_NOT_FOUND');
}
