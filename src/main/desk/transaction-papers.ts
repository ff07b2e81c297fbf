import { OssError } from '../../contract/errors.ts';
import type { ShownDocument } from '../../contract/ipc/transactions.ts';
import type { Delivery } from '../../contract/model/delivery.ts';
import type { SealedRecord } from '../../contract/model/evidence.ts';
import type { Optimizer } from '../../optimizer/index.ts';
import type { DocumentGrants } from '../documents/grants.ts';
import type { Connection } from '../service/connection.ts';
import { grantFile, shownDocuments } from './shown-documents.ts';

/** What a clerk looks at of a transaction or a case: its files, its codes, its evidence. Nothing changes by it. */
export class TransactionPapers {
  readonly #connect: () => Promise<Connection>;

  constructor(connect: () => Promise<Connection>) {
    this.#connect = connect;
  }

  /** Grants the clerk's window the documents of a transaction: to be signed, or signed. */
  async documents(id: string, grants: DocumentGrants): Promise<ShownDocument[]> {
    const { optimizer } = await this.#connect();
    if (!isCase(id)) return shownDocuments(optimizer, id, grants);
    return Promise.all((await caseFiles(optimizer, id)).map((path) => grantFile(path, grants, undefined)));
  }

  async simulatedSms(id: string): Promise<{ to: string; text: string }[]> {
    const { optimizer, service } = await this.#connect();
    const { registration } = await optimizer.get(id);
    if (!registration) return [];
    const messages = (await service.sandboxInbox?.messages(registration.requestId)) ?? [];
    return messages.map(({ to, text }) => ({ to, text }));
  }

  /** What became of the newest code. A service that does not say knows nothing of it. */
  async codeDelivery(id: string): Promise<Delivery> {
    const { optimizer, service } = await this.#connect();
    const { registration } = await optimizer.get(id);
    if (!registration || !service.delivery) return { state: 'none' };
    return service.delivery(registration.requestId);
  }

  /** Where the signed files are. */
  async resultPaths(id: string): Promise<readonly string[]> {
    const { optimizer } = await this.#connect();
    return (isCase(id) ? await caseFiles(optimizer, id) : (await optimizer.get(id)).delivered) ?? [];
  }

  /** @throws OssError OSS_EVIDENCE_* */
  async evidence(id: string): Promise<SealedRecord[]> {
    const { optimizer } = await this.#connect();
    return isCase(id) ? optimizer.cases.evidence(id) : optimizer.evidence(id);
  }

  /** @throws OssError OSS_FILE_NOT_FOUND */
  async resultPath(id: string, index: number): Promise<string> {
    const path = (await this.resultPaths(id))[index];
    if (path === undefined) throw new OssError('OSS_FILE_NOT_FOUND');
    return path;
  }
}

const isCase = (id: string): boolean => id.startsWith('case_');

/** What a case has delivered; nothing while it is open. */
async function caseFiles({ cases }: Optimizer, id: string): Promise<string[]> {
  return ((await cases.get(id)).closed?.files ?? []).flatMap((file) => file ?? []);
}
