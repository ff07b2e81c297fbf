import { OssError } from '../../contract/errors.ts';
import { allDocuments } from '../journal/refused.ts';
import type { StepContext } from './context.ts';

/**
 * Takes the documents that the signer refused out of what is signed. They stay in the vault until the end: until a code
 * is sent the signer may change their mind.
 * @throws OssError OSS_REQUEST_INVALID where nothing would be left to sign; OSS_TRANSACTION_STATE
 */
export async function refuseDocuments({ journal }: StepContext, positions: readonly number[]): Promise<void> {
  const { transaction } = journal;
  const all = allDocuments(transaction);
  const left = all.filter((_, position) => !positions.includes(position)).length;
  if (left + (transaction.hashes?.length ?? 0) === 0 || positions.some((position) => position >= all.length))
    throw new OssError('OSS_REQUEST_INVALID', { fields: ['documents'] });
  if (positions.length === 0 && (transaction.refused ?? []).length === 0) return;
  await journal.append({ type: 'documentsRefused', positions: [...positions].sort((a, b) => a - b) });
}
