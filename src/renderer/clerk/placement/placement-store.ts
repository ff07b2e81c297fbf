import { create } from 'zustand';
import type { OssError } from '../../../contract/errors.ts';
import type { PickedDocument } from '../../../contract/ipc/documents.ts';
import type { ShownSize } from '../../../contract/model/page-geometry.ts';
import type { Placement, PlacementTemplate } from '../../../contract/model/placement.ts';
import { useDesk } from '../desk.ts';
import { usePickedSelection } from '../documents/picked-selection.ts';
import {
  choose,
  isSamePlacement,
  NO_CHOICES,
  type PlacementChoices,
  placementOf,
  proposed,
  separate,
  unite,
} from './placement-choices.ts';

/** The appearance of the selected document as it would be signed now. */
export type Preview =
  | { readonly state: 'making' }
  | { readonly state: 'made'; readonly id: string }
  | { readonly state: 'failed'; readonly error: OssError };

interface PlacementState {
  readonly choices: PlacementChoices;
  /** The documents for which places have been proposed, by their ids. */
  readonly proposedFor: string;
  readonly templates: readonly PlacementTemplate[];
  /** Of the page on which the box lies, known once it has been shown. */
  readonly pageSize: ShownSize | undefined;
  readonly preview: Preview;
  propose(documents: readonly PickedDocument[], templates: readonly PlacementTemplate[]): void;
  /** What was chosen for documents that are picked again. */
  restore(
    documents: readonly PickedDocument[],
    placements: readonly { readonly document: string; readonly placement: Placement }[],
  ): void;
  change(choices: PlacementChoices): void;
  setTemplates(templates: readonly PlacementTemplate[]): void;
  setPageSize(size: ShownSize): void;
  setPreview(preview: Preview): void;
}

const idsOf = (documents: readonly PickedDocument[]): string =>
  documents
    .map(({ id }) => id)
    .sort()
    .join();

export const usePlacementStore = create<PlacementState>()((set) => ({
  choices: NO_CHOICES,
  proposedFor: '',
  templates: [],
  pageSize: undefined,
  preview: { state: 'making' },
  restore: (documents, placements) => {
    const [first] = placements;
    if (!first) return;
    const own = Object.fromEntries(placements.map(({ document, placement }) => [document, placement]));
    const isField = first.placement.kind === 'field';
    const forAll =
      !isField && placements.every(({ placement }) => isSamePlacement(placement, first.placement));
    const common = isField ? NO_CHOICES.common : first.placement;
    set({ proposedFor: idsOf(documents), choices: { forAll, common, own } });
  },
  propose: (documents, templates) =>
    set(({ proposedFor }) => {
      const ids = idsOf(documents);
      // Coming back to the same documents keeps what was chosen for them.
      if (ids === proposedFor) return { templates };
      return { templates, proposedFor: ids, choices: proposed(documents, templates) };
    }),
  change: (choices) => set({ choices }),
  setTemplates: (templates) => set({ templates }),
  setPageSize: (pageSize) => set({ pageSize }),
  setPreview: (preview) => set({ preview }),
}));

export interface SelectedPlacement {
  readonly document: PickedDocument;
  readonly placement: Placement;
  readonly forAll: boolean;
  choose(placement: Placement): void;
  setForAll(forAll: boolean): void;
}

/** The placement of the document that is looked at; undefined while there is none. */
export function useSelectedPlacement(): SelectedPlacement | undefined {
  const documents = useDesk((desk) => desk.picked);
  const { selected } = usePickedSelection();
  const choices = usePlacementStore((store) => store.choices);
  const change = usePlacementStore((store) => store.change);
  if (!selected) return undefined;
  return {
    document: selected,
    placement: placementOf(choices, selected),
    forAll: choices.forAll,
    choose: (placement) => change(choose(choices, selected, placement, documents)),
    setForAll: (forAll) => change(forAll ? unite(choices, selected) : separate(choices, documents)),
  };
}
