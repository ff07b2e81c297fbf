import { onOtherPage, type ShownRectangle } from './page-geometry.ts';
import type { LastPage, OfferedField, Placed, Placement, PlacementTemplate } from './placement.ts';

/** What decides where the signature of a document is proposed. */
export interface PlaceableDocument {
  readonly certified: boolean;
  readonly fields: readonly OfferedField[];
  readonly form?: string | undefined;
  readonly lastPage?: LastPage | undefined;
}

/** In points. */
const MILLIMETRE = 72 / 25.4;
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

/** The template under which a document of the same form was placed before, the newest first. */
export const templateFor = (
  { form }: PlaceableDocument,
  templates: readonly PlacementTemplate[],
): PlacementTemplate | undefined => templates.find((template) => template.form === form);

/** What comes nearest to a wish of what the document permits. */
export function permitted({ certified, fields }: PlaceableDocument, wanted: Placement): Placement {
  if (wanted.kind === 'invisible') return wanted;
  if (wanted.kind === 'placed' && !certified) return wanted;
  const [field] = fields;
  const hasWanted = wanted.kind === 'field' && fields.some(({ name }) => name === wanted.name);
  if (hasWanted) return wanted;
  if (!certified) return USUAL_PLACE;
  return field ? { kind: 'field', name: field.name } : { kind: 'invisible' };
}

/**
 * The template of its form, a field that its author provided, or, where a signature stands at the usual place,
 * one beside it; undefined where nothing speaks against the usual place.
 */
export function proposedPlacement(
  document: PlaceableDocument,
  templates: readonly PlacementTemplate[],
): Placement | undefined {
  const [field] = document.fields;
  const template = templateFor(document, templates)?.placement;
  const proposal =
    template ?? (field && ({ kind: 'field', name: field.name } as const)) ?? besideOthers(document.lastPage);
  return proposal && permitted(document, proposal);
}

const GAP = 4 * MILLIMETRE;

/** The first place that is free: upwards from the usual one, then column by column to the left. */
function besideOthers(lastPage: LastPage | undefined): Placed | undefined {
  if (!lastPage) return undefined;
  const { size, signatures } = lastPage;
  const usual = onOtherPage(USUAL_PLACE.rectangle, USUAL_PLACE.pageSize, size);
  let place = usual;
  let [inTheWay] = overlapping(place, signatures);
  if (!inTheWay) return undefined;
  while (inTheWay) {
    place = { ...place, y: inTheWay.y - GAP - place.height };
    if (place.y < 0) place = { ...usual, x: place.x - GAP - place.width };
    // No room at all: anyone who places it sees that.
    if (place.x < 0) return undefined;
    [inTheWay] = overlapping(place, signatures);
  }
  return { kind: 'placed', page: 'last', rectangle: place, pageSize: size };
}

const overlapping = (one: ShownRectangle, others: readonly ShownRectangle[]): ShownRectangle[] =>
  others.filter(
    (other) =>
      one.x < other.x + other.width &&
      other.x < one.x + one.width &&
      one.y < other.y + other.height &&
      other.y < one.y + one.height,
  );
