import type { PickedDocument } from '../../../contract/ipc/documents.ts';
import type { Placement, PlacementTemplate } from '../../../contract/model/placement.ts';
import {
  type PlaceableDocument as Placeable,
  permitted,
  proposedPlacement,
  USUAL_PLACE,
} from '../../../contract/model/proposed-placement.ts';

type PlaceableDocument = Placeable & Pick<PickedDocument, 'id'>;

/** What the clerk has chosen so far: one place for all documents, or one for each. */
export interface PlacementChoices {
  readonly forAll: boolean;
  readonly common: Placement;
  readonly own: Readonly<Record<string, Placement>>;
}

export const NO_CHOICES: PlacementChoices = Object.freeze({ forAll: true, common: USUAL_PLACE, own: {} });

/** What is chosen for a document, or what comes nearest to it of what the document permits. */
export function placementOf(
  { forAll, common, own }: PlacementChoices,
  document: PlaceableDocument,
): Placement {
  return permitted(document, forAll ? common : (own[document.id] ?? common));
}

/** A field belongs to one document, so that choosing one ends the same place for all. */
export function choose(
  choices: PlacementChoices,
  document: PlaceableDocument,
  placement: Placement,
  all: readonly PlaceableDocument[],
): PlacementChoices {
  if (choices.forAll && placement.kind !== 'field') return { ...choices, common: placement };
  const { own } = choices.forAll ? separate(choices, all) : choices;
  return { ...choices, forAll: false, own: { ...own, [document.id]: placement } };
}

/** Every document keeps what it had. */
export const separate = (choices: PlacementChoices, all: readonly PlaceableDocument[]): PlacementChoices => ({
  ...choices,
  forAll: false,
  own: Object.fromEntries(all.map((document) => [document.id, placementOf(choices, document)])),
});

/** What is chosen for the one becomes the choice for all. */
export function unite(choices: PlacementChoices, document: PlaceableDocument): PlacementChoices {
  const placement = placementOf(choices, document);
  return { ...choices, forAll: true, common: placement.kind === 'field' ? choices.common : placement };
}

/** Whether two placements are the same, however they were written down. */
export function isSamePlacement(one: Placement, other: Placement): boolean {
  if (one.kind === 'placed' && other.kind === 'placed') {
    const box = (['x', 'y', 'width', 'height'] as const).every(
      (side) => one.rectangle[side] === other.rectangle[side],
    );
    const { pageSize: a } = one;
    const { pageSize: b } = other;
    return box && one.page === other.page && a.width === b.width && a.height === b.height;
  }
  if (one.kind === 'field' && other.kind === 'field') return one.name === other.name;
  return one.kind === other.kind;
}

/** First proposal: templates of the forms that are known, fields that the authors provided, the usual place. */
export function proposed(
  documents: readonly PlaceableDocument[],
  templates: readonly PlacementTemplate[],
): PlacementChoices {
  const own: Record<string, Placement> = {};
  for (const document of documents) {
    const proposal = proposedPlacement(document, templates);
    if (proposal) own[document.id] = proposal;
  }
  return { forAll: Object.keys(own).length === 0, common: USUAL_PLACE, own };
}
