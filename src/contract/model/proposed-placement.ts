import type { OfferedField, Placed, Placement, PlacementTemplate } from './placement.ts';

/** What decides where the signature of a document is proposed. */
export interface PlaceableDocument {
  readonly certified: boolean;
  readonly fields: readonly OfferedField[];
  readonly form?: string | undefined;
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

/** The template of its form, or a field that its author provided; undefined where nothing speaks for a place of its own. */
export function proposedPlacement(
  document: PlaceableDocument,
  templates: readonly PlacementTemplate[],
): Placement | undefined {
  const [field] = document.fields;
  const template = templateFor(document, templates)?.placement;
  const proposal = template ?? (field && ({ kind: 'field', name: field.name } as const));
  return proposal && permitted(document, proposal);
}
