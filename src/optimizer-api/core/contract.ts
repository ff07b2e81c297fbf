import type { ApiRequestRecord } from '../store/records.ts';
import type { ApiCore } from './api-core.ts';
import type { FileOutcome } from './outcome.ts';
import { Refusal } from './refusal.ts';

/** The service contract, for as long as the vault holds it. @throws Refusal 404 before approval */
export async function readContract(core: ApiCore, record: ApiRequestRecord): Promise<FileOutcome> {
  const { pk, transactionId } = record;
  const gone = `Request ${pk} not found`;
  if (transactionId === undefined) throw new Refusal(404, gone);
  const path = core.files.contractPath(pk);
  return { path, gone, mediaType: 'application/pdf', filename: `contract-${pk}.pdf` };
}
