import { OssError, toOssError } from '../../contract/errors.ts';
import type { CaseRecord } from '../../contract/model/case.ts';
import type { Identity } from '../../contract/model/identity.ts';
import { SEAL_PROFILE } from '../../contract/model/seal.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { WorkOptions } from '../progress.ts';
import type { OfferedSeal, SealOffer } from '../signing-service/port.ts';
import type { BeginOptions, Cases } from './cases.ts';
import type { NewCaseSigner } from './create-case.ts';
import { signedRevisions } from './revisions.ts';

/** The steps of a transaction, of which a seal needs no code. */
export interface SealSteps {
  get(id: string): Promise<Transaction>;
  register(id: string): Promise<Transaction>;
  prepare(id: string, work?: WorkOptions): Promise<Transaction>;
  refuseDocuments(id: string, positions: readonly number[]): Promise<Transaction>;
  confirmReview(id: string): Promise<Transaction>;
  sign(
    id: string,
    authorisation: { type: 'external'; method: string; reference: string },
    work?: WorkOptions,
  ): Promise<Transaction>;
  deliver(id: string, work?: WorkOptions): Promise<unknown>;
  cancel(id: string): Promise<Transaction>;
}

/**
 * A seal of the service as a signer of a case.
 * @param id by which the service names it; without it the only one that the officer may use
 * @throws OssError OSS_SEAL_NOT_OFFERED; OSS_CREDENTIALS_INVALID, OSS_SERVICE_*
 */
export async function sealAsSigner(
  seals: SealOffer | undefined,
  id: string | undefined,
): Promise<NewCaseSigner & { readonly seal: string }> {
  const offered = (await seals?.list()) ?? [];
  const [own, second] = offered.filter((one) => id === undefined || one.id === id);
  if (own === undefined || second !== undefined)
    throw new OssError('OSS_SEAL_NOT_OFFERED', { seal: id ?? '', offered: offered.map((one) => one.id) });
  return { identity: organisationOf(own), seal: own.id, profile: SEAL_PROFILE };
}

/** An organisation where records have a person: one name, and its identifier in place of a document. */
const organisationOf = ({ organisation, organisationIdentifier, country }: OfferedSeal): Identity => ({
  surname1: organisation,
  idDocument: { type: 'TIN', country, number: organisationIdentifier },
  mobilePhone: '',
  language: 'en',
});

/**
 * The seal signs, when it is its turn: what nobody has signed before it stays without it, unless it comes first.
 * A failure before the signature gives the turn back; one after it leaves the transaction to `resume`.
 * @param signer by position
 * @throws OssError OSS_CASE_STATE, also where nobody has signed anything; and of the step that failed
 */
export async function sealTurn(
  steps: SealSteps,
  cases: Cases,
  { caseId, signer }: { readonly caseId: string; readonly signer: number },
  options: BeginOptions = {},
): Promise<Transaction> {
  const record = await cases.get(caseId);
  const untouched = untouchedBefore(record, signer);
  if (untouched.length > 0 && untouched.length === record.signers[signer]?.documents.length)
    throw new OssError('OSS_CASE_STATE', {
      signer: signer + 1,
      reason: 'nobody has signed what it would seal',
    });
  const { passwords: _, ...work } = options;
  const { id } = await cases.begin(caseId, signer, options);
  return placeSeal(steps, id, untouched, work);
}

/** Positions among the documents of this signer that carry no signature of the case yet. */
function untouchedBefore(record: CaseRecord, signer: number): number[] {
  const documents = record.signers[signer]?.documents ?? [];
  const isFirst = record.order === 'inOrder' && signer === 0;
  if (isFirst) return [];
  return documents.flatMap(({ document }, position) =>
    signedRevisions(record, document).length === 0 ? [position] : [],
  );
}

/**
 * Takes the transaction of a seal from where it stands to the delivered files.
 * @param refused positions of documents that it does not seal
 * @throws OssError of the step that failed
 */
export async function placeSeal(
  steps: SealSteps,
  id: string,
  refused: readonly number[] = [],
  work: WorkOptions = {},
): Promise<Transaction> {
  try {
    let { state, seal = '' } = await steps.get(id);
    if (state === 'created') ({ state } = await steps.register(id));
    if (state === 'registered') ({ state } = await steps.prepare(id, work));
    if (state === 'prepared') {
      if (refused.length > 0) await steps.refuseDocuments(id, refused);
      ({ state } = await steps.confirmReview(id));
    }
    const authorisation = { type: 'external', method: 'seal', reference: seal.padEnd(8, '-') } as const;
    if (state === 'reviewed' || state === 'signing') ({ state } = await steps.sign(id, authorisation, work));
    if (state === 'signed') await steps.deliver(id, work);
    return await steps.get(id);
  } catch (error) {
    const now = await steps.get(id);
    const { state } = now;
    // What a restart brings to its end meanwhile is done too.
    if (state === 'delivered') return now;
    if (state === 'signed' && toOssError(error).code === 'OSS_TRANSACTION_STATE')
      return placeSeal(steps, id, refused, work);
    if (['created', 'registered', 'prepared', 'reviewed'].includes(state)) await steps.cancel(id);
    throw error;
  }
}
