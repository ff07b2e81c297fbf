import type { PickedDocument } from '../../../contract/ipc/documents.ts';
import type { Placed, Placement, PlacementTemplate } from '../../../contract/model/placement.ts';
import { MILLIMETRE } from './box-moves.ts';

type PlaceableDocument = Pick<PickedDocument, 'id' | 'certified' | 'fields' | 'form'>;

/** What the clerk has chosen so far: one place for all documents, or one for each. */
export interface PlacementChoices {
  readonly forAll: boolean;
  readonly common: Placement;
  readonly own: Readonly<Record<string, Placement>>;
}

const A4 = Object.freeze({ width: 595.276, height: 841.89 });
const MARGIN = 20 * MILLIMETRE;
const SIZE = Object.freeze({ width: 65 * MILLIMETRE, height: 24 * MILLIMETRE });

/** Bottom right on the last page: where signatures are looked for. */
export const USUAL_PLACE: Placed = Object.freeze({
  kind: 'placed',
  page: 'last',
  rectangle: {
    x: A4.width - MARGIN - SIZE.width,
    y: A4.height - MARGIN - SIZE.height,
    ...SIZE,
  },
  pageSize: A4,
});

export const NO_CHOICES: PlacementChoices = Object.freeze({ forAll: true, common: USUAL_PLACE, own: {} });

/** The template under which a document of the same form was placed before, the newest first. */
export const templateFor = (
  document: PlaceableDocument,
  templates: readonly PlacementTemplate[],
): PlacementTemplate | undefined => templates.find(({ form }) => form === document.form);

/** What is chosen for a document, or what comes nearest to it of what the document permits. */
export function placementOf(
  { forAll, common, own }: PlacementChoices,
  document: PlaceableDocument,
): Placement {
  return permitted(document, forAll ? common : (own[document.id] ?? common));
}

export function permitted(document: PlaceableDocument, wanted: Placement): Placement {
  if (wanted.kind === 'invisible') return wanted;
  if (wanted.kind === 'placed' && !document.certified) return wanted;
  const [field] = document.fields;
  const hasWanted = wanted.kind === 'field' && document.fields.some(({ name }) => name === wanted.name);
  if (hasWanted) return wanted;
  if (!document.certified) return USUAL_PLACE;
  return field ? { kind: 'field', name: field.name } : { kind: 'invisible' };
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
    const [field] = document.fields;
    const template = templateFor(document, templates)?.placement;
    const proposal = template ?? (field && ({ kind: 'field', name: field.name } as const));
    if (proposal) own[document.id] = permitted(document, proposal);
  }
  return { forAll: Object.keys(own).length === 0, common: USUAL_PLACE, own };
}
