/** Where an administrator puts trusted lists: XML files of any names, and the certificates of the Official Journal. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import { OssError } from '../../contract/errors.ts';
import { certificatesFromPem, PkiError } from '../../pki/index.ts';

export interface TrustedListsInput {
  /** The list of lists, its pivots and the national lists, each a file `*.xml` of any name. */
  readonly folder: string;
  /** DER of the certificates of the Official Journal of the European Union. */
  readonly pinned: readonly Uint8Array[];
}

/** The certificates that an administrator compared with those of the Official Journal, PEM. */
const PINNED = 'official-journal.pem';

/** Puts certificates in the place of those that were pinned before. @param pem */
export async function pinCertificates(folder: string, pem: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFileDurably(join(folder, PINNED), pem);
}

/**
 * The lists of a folder; undefined where nobody has pinned certificates for them.
 * @throws OssError OSS_CERTIFICATE_FILE_INVALID
 */
export async function trustedListsIn(folder: string): Promise<TrustedListsInput | undefined> {
  const path = join(folder, PINNED);
  const pem = await readTextIfPresent(path);
  if (pem === undefined) return undefined;
  try {
    return { folder, pinned: certificatesFromPem(pem).map(({ der }) => der) };
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause;
    throw new OssError('OSS_CERTIFICATE_FILE_INVALID', { file: path, reason: 'not PEM' }, { cause });
  }
}
