import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import type { SignerDocument } from '../../contract/model/case.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { Placement } from '../../contract/model/placement.ts';
import type { ReturningCustomers } from '../customers/returning-customers.ts';
import type { CaseDesk } from '../desk/case-desk.ts';
import type { PickedDocuments } from '../documents/picked-documents.ts';
import type { Placements } from '../placement/placements.ts';
import type { Caller } from '../security/sender-policy.ts';

type Places = readonly { readonly id: string; readonly placement: Placement }[];

interface CaseParts {
  readonly cases: CaseDesk;
  readonly picked: PickedDocuments;
  readonly placements: Placements;
  readonly customers: ReturningCustomers;
}

export function caseHandlers({
  cases,
  picked,
  placements,
  customers,
}: CaseParts): GroupHandlers<ClerkGroups['cases'], Caller> {
  return {
    list: () => cases.list(),
    async create({ documents: ids, signers, seal, order }) {
      const files = ids.map((id) => {
        const { path, password, view } = picked.find(id);
        return { path, name: view.name, ...(password === undefined ? {} : { password }) };
      });
      const places = async (documents: Places, identity: Identity): Promise<SignerDocument[]> => {
        const own: SignerDocument[] = [];
        for (const { id, placement } of documents) {
          const { path, password } = picked.find(id);
          const access = password === undefined ? {} : { password };
          const options = await placements.optionsFor({ path, ...access }, placement, identity);
          own.push({ document: ids.indexOf(id), options });
        }
        return own;
      };
      const people = [];
      for (const { identity, documents } of signers)
        people.push({ identity, documents: await places(documents, identity) });
      const bank = seal && (await cases.sealSigner(seal.id));
      const last = bank && seal ? [{ ...bank, documents: await places(seal.documents, bank.identity) }] : [];
      const view = await cases.create(files, [...people, ...last], order);
      picked.clear();
      for (const { identity } of people) await customers.remember(identity);
      return view;
    },
    seals: () => cases.seals(),
    seal: ({ id, signer, password }) => cases.seal(id, signer, password),
    begin: ({ id, signer, password }) => cases.begin(id, signer, password),
    close: ({ id }) => cases.close(id),
  };
}
