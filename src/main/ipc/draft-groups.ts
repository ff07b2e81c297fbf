import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import type { PickedDocuments } from '../documents/picked-documents.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { Caller } from './sender-policy.ts';

/** The window knows documents by opaque ids, drafts keep their paths: here one becomes the other. */
export const draftHandlers = (
  drafts: Drafts,
  picked: PickedDocuments,
): GroupHandlers<ClerkGroups['drafts'], Caller> => ({
  list: () => drafts.list(),
  keep({ id, step, form, placements }) {
    const placementOf = new Map(placements.map(({ document, placement }) => [document, placement]));
    const documents = picked.list().map((view) => {
      const placement = placementOf.get(view.id);
      return { path: picked.find(view.id).path, ...(placement && { placement }) };
    });
    return drafts.keep(id, { step, documents, ...(form && { form }) });
  },
  async open({ id }) {
    const { step, form, documents } = await drafts.open(id);
    picked.clear();
    await picked.add(documents.map(({ path }) => path));
    const views = picked.list();
    const placements = views.flatMap(({ id: document }) => {
      const { path } = picked.find(document);
      const placement = documents.find((kept) => kept.path === path)?.placement;
      return placement ? [{ document, placement }] : [];
    });
    return { step, documents: views, placements, ...(form && { form }) };
  },
  remove: ({ id }) => drafts.remove(id),
});
