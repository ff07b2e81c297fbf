import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import type { ShownDocument } from '../../contract/ipc/transactions.ts';
import { FINAL_STATES } from '../../contract/model/transaction.ts';
import type { Optimizer } from '../../optimizer/index.ts';
import type { DocumentGrants } from '../documents/grants.ts';

/** Grants a window the documents of a transaction: as they are to be signed, or as they were signed. */
export async function shownDocuments(
  optimizer: Pick<Optimizer, 'get' | 'readable' | 'passwordOf'>,
  id: string,
  grants: DocumentGrants,
): Promise<ShownDocument[]> {
  const { state, documents, delivered } = await optimizer.get(id);
  if (delivered)
    return Promise.all(
      delivered.map(async (path, index) => grantFile(path, grants, await optimizer.passwordOf(id, index))),
    );
  if (state === 'created' || FINAL_STATES.includes(state)) return [];
  const readable = await optimizer.readable(id);
  return readable.documents.map((file, index) => ({
    id: grants.grant(file),
    name: documents[index]?.name ?? '',
    bytes: file.bytes,
  }));
}

/** @throws OssError OSS_FILE_NOT_FOUND when the person moved the file since */
export async function grantFile(
  path: string,
  grants: DocumentGrants,
  password: string | undefined,
): Promise<ShownDocument> {
  const file = await stat(path).catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: basename(path) }, { cause });
  });
  const access = password === undefined ? {} : { password };
  const id = grants.grant({ path, bytes: file.size, changedAt: file.mtimeMs, ...access });
  return { id, name: basename(path), bytes: file.size };
}
