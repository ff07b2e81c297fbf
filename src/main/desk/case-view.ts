import type { CaseView } from '../../contract/ipc/cases.ts';
import { type CaseRecord, possibleSigners, refusedBy, signerState } from '../../contract/model/case.ts';
import { fullNameOf, maskPhone } from '../../contract/model/identity.ts';

/** What the clerk's window shows of a case: no id document, no address, phone numbers masked. */
export function caseViewOf(record: CaseRecord): CaseView {
  const { id, order, documents, signers, closed, events } = record;
  const nameOf = (document: number): string => documents[document]?.name ?? '';
  return {
    id,
    state: closed?.record ? closed.outcome : 'open',
    createdAt: events[0]?.at ?? '',
    updatedAt: events.at(-1)?.at ?? '',
    order,
    documents: documents.map(({ name }) => name),
    signers: signers.map((signer) => {
      const transaction = signer.attempts.at(-1)?.transaction;
      return {
        name: fullNameOf(signer.identity),
        maskedPhone: maskPhone(signer.identity.mobilePhone),
        isSeal: signer.seal !== undefined,
        state: signerState(signer),
        documents: signer.documents.map(({ document }) => nameOf(document)),
        refused: refusedBy(signer).map(nameOf),
        ...(transaction === undefined ? {} : { transaction }),
      };
    }),
    possible: possibleSigners(record),
    deliveredTo: (closed?.files ?? []).flatMap((file) => file ?? []),
  };
}
