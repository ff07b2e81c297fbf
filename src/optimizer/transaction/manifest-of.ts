import { OssError } from '../../contract/errors.ts';
import type { Manifest } from '../../contract/model/manifest.ts';
import type { Transaction } from '../../contract/model/transaction.ts';

/** What the code authorises and the service signs. @throws OssError OSS_TRANSACTION_STATE before preparation */
export function manifestOf({ prepared, state }: Transaction): Manifest {
  if (!prepared) throw new OssError('OSS_TRANSACTION_STATE', { reason: 'not prepared', state });
  return prepared.map(({ digest, claimedSigningTime }) => ({ digest, claimedSigningTime }));
}
