import { mkdir } from 'node:fs/promises';
import type { CaseView } from '../../contract/ipc/cases.ts';
import type { TransactionView } from '../../contract/ipc/transactions.ts';
import type { CaseOrder, CaseRecord } from '../../contract/model/case.ts';
import type { LevelChoice } from '../../contract/model/signature-level.ts';
import type { NewCase, NewCaseSigner } from '../../optimizer/index.ts';
import type { Connection } from '../service/connection.ts';
import { caseViewOf } from './case-view.ts';
import type { Desk } from './desk.ts';

type Cases = Connection['optimizer']['cases'];

interface CaseDeskOptions {
  readonly desk: Pick<Desk, 'begin'>;
  connect(): Promise<Connection>;
  deliverTo(): string;
  organisation(): string;
  level(): LevelChoice;
}

export interface PickedForCase {
  readonly path: string;
  readonly name: string;
  readonly password?: string;
}

/** Cases at the desk: several signers, one after the other, each handed over as any other transaction. */
export class CaseDesk {
  readonly #options: CaseDeskOptions;
  /** Of protected documents, by case; with the process they are forgotten. */
  readonly #passwords = new Map<string, ReadonlyMap<number, string>>();
  readonly #followed = new WeakSet<Cases>();

  constructor(options: CaseDeskOptions) {
    this.#options = options;
  }

  /** Newest first. */
  async list(): Promise<CaseView[]> {
    const { optimizer } = await this.#options.connect();
    const views = (await optimizer.cases.list()).map(caseViewOf);
    return views.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** @throws OssError OSS_REQUEST_INVALID where one person is named twice; OSS_FOLDER_UNUSABLE, OSS_FILE_NOT_FOUND */
  async create(
    documents: readonly PickedForCase[],
    signers: readonly NewCaseSigner[],
    order: CaseOrder,
  ): Promise<CaseView> {
    const { optimizer, profile, registrationAuthority } = await this.#options.connect();
    const [deliverTo, level] = [this.#options.deliverTo(), this.#options.level()];
    await mkdir(deliverTo, { recursive: true });
    const input: NewCase = {
      documents,
      signers,
      order,
      profile,
      registrationAuthority,
      organisation: this.#options.organisation(),
      deliverTo,
      ...(level === 'automatic' ? {} : { level }),
    };
    this.#forgetEnded(optimizer.cases);
    const record = await optimizer.cases.create(input);
    const known = documents.flatMap(({ password }, index): [number, string][] =>
      password === undefined ? [] : [[index, password]],
    );
    if (known.length > 0) this.#passwords.set(record.id, new Map(known));
    return caseViewOf(record);
  }

  /** Those that the officer may use; none where the provider has no seals, or cannot be asked now. */
  async seals(): Promise<{ readonly id: string; readonly organisation: string }[]> {
    const { service } = await this.#options.connect();
    const offered = (await service.seals?.list().catch(() => [])) ?? [];
    return offered.map(({ id, organisation }) => ({ id, organisation }));
  }

  /** @throws OssError OSS_SEAL_NOT_OFFERED, OSS_CREDENTIALS_INVALID, OSS_SERVICE_* */
  async sealSigner(id: string): Promise<NewCaseSigner> {
    return (await this.#options.connect()).optimizer.sealSigner(id);
  }

  /** The seal signs. @throws OssError OSS_CASE_STATE, also where nobody has signed; OSS_PDF_PASSWORD_NEEDED, OSS_SERVICE_* */
  async seal(id: string, signer: number, password?: string): Promise<CaseView> {
    const { optimizer } = await this.#options.connect();
    const passwords = await this.#passwordsOf(id, password);
    await optimizer.sealCase(id, signer, passwords && { passwords });
    return caseViewOf(await optimizer.cases.get(id));
  }

  /** @throws OssError OSS_CASE_STATE where it is not their turn; OSS_PDF_PASSWORD_NEEDED; as `Desk.begin` */
  async begin(id: string, signer: number, password?: string): Promise<TransactionView> {
    const { optimizer } = await this.#options.connect();
    const { documents } = await optimizer.cases.get(id);
    const passwords = await this.#passwordsOf(id, password);
    return this.#options.desk.begin(documents.length, (open, work) =>
      open.cases.begin(id, signer, { ...work, ...(passwords && { passwords }) }),
    );
  }

  async close(id: string): Promise<CaseView> {
    const { optimizer } = await this.#options.connect();
    const record: CaseRecord = await optimizer.cases.close(id);
    this.#passwords.delete(id);
    return caseViewOf(record);
  }

  /** @param given what a clerk has typed now, for all documents */
  async #passwordsOf(id: string, given?: string): Promise<ReadonlyMap<number, string> | undefined> {
    const { cases } = (await this.#options.connect()).optimizer;
    this.#forgetEnded(cases);
    if (given !== undefined) {
      const { documents } = await cases.get(id);
      this.#passwords.set(id, new Map(documents.map((_, index) => [index, given])));
    }
    return this.#passwords.get(id);
  }

  /** A case also ends by itself, when the last signer has signed. */
  #forgetEnded(cases: Cases): void {
    if (this.#followed.has(cases)) return;
    this.#followed.add(cases);
    cases.onChange(({ id, closed }) => {
      if (closed) this.#passwords.delete(id);
    });
  }
}
