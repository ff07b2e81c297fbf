import type { FileOutcome } from '../http/dialect.ts';
import { Refusal } from '../http/refusal.ts';
import type { RequestRecord } from '../store/records.ts';
import type { ApiCore } from './api-core.ts';

/** The service contract, for as long as the vault holds it. @throws Refusal 404 before approval */
export async function readContract(core: ApiCore, record: RequestRecord): Promise<FileOutcome> {
  const { pk, transactionId } = record;
  if (transactionId === undefined) throw new Refusal(404, `Request ${pk} not found`);
  const path = core.files.contractPath(pk);
  return { path, mediaType: 'application/pdf', filename: `contract-${pk}.pdf` };
}
