import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import type { ReturningCustomers } from '../customers/returning-customers.ts';
import type { PickedDocuments } from '../documents/picked-documents.ts';
import type { Placements } from '../placement/placements.ts';
import type { PlacementTemplates } from '../placement/templates.ts';
import type { Caller } from '../security/sender-policy.ts';

type Handlers<G extends keyof ClerkGroups> = GroupHandlers<ClerkGroups[G], Caller>;

export interface PlacementParts {
  readonly picked: PickedDocuments;
  readonly placements: Placements;
  readonly templates: PlacementTemplates;
}

export const placementHandlers = ({
  picked,
  placements,
  templates,
}: PlacementParts): Handlers<'placements'> => ({
  preview: async ({ document, placement, identity }) => ({
    id: await placements.preview(picked.find(document), placement, identity),
  }),
  templates: () => templates.list(),
  saveTemplate: ({ name, document, placement }) =>
    templates.save(name, picked.find(document).view.form, placement),
  removeTemplate: ({ id }) => templates.remove(id),
});

export const customerHandlers = (customers: ReturningCustomers): Handlers<'customers'> => ({
  find: ({ idDocument }) => customers.find(idDocument),
  use: ({ idDocument }) => customers.use(idDocument),
});
