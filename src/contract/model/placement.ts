import { z } from 'zod';
import { shownRectangleSchema, shownSizeSchema } from './page-geometry.ts';

/** A page by its number, or by its place in whatever document: the last page is last in every document. */
export const pageChoiceSchema = z.union([z.enum(['first', 'last']), z.number().int().min(1).max(2_000_000)]);
export type PageChoice = z.infer<typeof pageChoiceSchema>;

/** A place on a page, with the size of the page on which it was chosen. */
export const placedSchema = z.strictObject({
  kind: z.literal('placed'),
  page: pageChoiceSchema,
  rectangle: shownRectangleSchema,
  pageSize: shownSizeSchema,
});
export type Placed = z.infer<typeof placedSchema>;

/** Where the signature of one document is seen: nowhere, at a place, or in a field that its author provided. */
export const placementSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('invisible') }),
  placedSchema,
  z.strictObject({ kind: z.literal('field'), name: z.string().min(1).max(256) }),
]);
export type Placement = z.infer<typeof placementSchema>;

/** An empty signature field that the author of a document provided, on the page as shown. */
export const offeredFieldSchema = z.strictObject({
  name: z.string(),
  page: z.number().int().positive(),
  rectangle: shownRectangleSchema,
});
export type OfferedField = z.infer<typeof offeredFieldSchema>;

/** The last page as shown, and where signatures are seen on it already. */
export const lastPageSchema = z.strictObject({
  size: shownSizeSchema,
  signatures: z.array(shownRectangleSchema),
});
export type LastPage = z.infer<typeof lastPageSchema>;

/** A page that a document does not have becomes its last one. */
export function pageNumberOf(choice: PageChoice, pages: number): number {
  if (choice === 'first') return 1;
  return choice === 'last' ? pages : Math.min(choice, pages);
}

export const templateNameSchema = z.string().trim().min(1).max(60);
export const templateIdSchema = z.string().regex(/^tpl_[0-9a-f]{16}$/, 'Not the id of a template.');

/** What tells copies of one form apart from other documents, as a hash: no title or author is kept. */
export const formFingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/, 'Not the fingerprint of a form.');

/** A placement under a name, proposed whenever a document of the same form comes again. */
export const placementTemplateSchema = z.strictObject({
  id: templateIdSchema,
  name: templateNameSchema,
  form: formFingerprintSchema,
  placement: placementSchema,
});
export type PlacementTemplate = z.infer<typeof placementTemplateSchema>;
