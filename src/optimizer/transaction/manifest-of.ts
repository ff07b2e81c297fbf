import { OssError } from '../../contract/errors.ts';
import type { Contents, Manifest } from '../../contract/model/manifest.ts';
import type { Transaction } from '../../contract/model/transaction.ts';

/** What the code authorises and the service signs: documents first, then hashes. @throws OssError OSS_TRANSACTION_STATE before preparation */
export function manifestOf({ prepared, hashes = [], hashesClaimedAt, state }: Transaction): Manifest {
  if (!prepared || (hashes.length > 0 && hashesClaimedAt === undefined)) {
    throw new OssError('OSS_TRANSACTION_STATE', { reason: 'not prepared', state });
  }
  return [
    ...prepared.map(({ digest, claimedSigningTime }) => ({ digest, claimedSigningTime })),
    ...hashes.map(({ digest }) => ({ digest, claimedSigningTime: hashesClaimedAt ?? '' })),
  ];
}

/** The originals in the order of the manifest. @throws OssError OSS_TRANSACTION_STATE while there is none */
export function contentsOf({ documents, hashes = [], state }: Transaction): Contents {
  const contents = [...documents.map(({ sha256 }) => sha256), ...hashes.map(({ digest }) => digest)];
  if (contents.length === 0) throw new OssError('OSS_TRANSACTION_STATE', { reason: 'no document', state });
  return contents;
}
