import { z } from 'zod';

/** In parts of the page, from its upper left corner as it is shown. */
const pageAreaSchema = z.object({
  left: z.number().min(0).max(1),
  top: z.number().min(0).max(1),
  width: z.number().min(0).max(1),
  height: z.number().min(0).max(1),
});
export type PageArea = z.infer<typeof pageAreaSchema>;

/** A page that looks another way than it did when it was signed. */
const pageDifferenceSchema = z.object({
  page: z.number().int().positive(),
  /** `content`: the page itself; `marks`: only what lies on it, form fields and annotations. */
  what: z.enum(['content', 'marks']),
  /** Around everything that differs; absent where the page is new, gone or of another size. */
  area: pageAreaSchema.optional(),
  /** Whether a permitted change on this page says why. */
  isExplained: z.boolean().optional(),
});
export type PageDifference = z.infer<typeof pageDifferenceSchema>;

/** The signed version beside the present one, drawn by PDFium. */
export const visibleComparisonSchema = z.object({
  pages: z.number().int().nonnegative(),
  /** From the first on; the rest of a long document is not compared. */
  compared: z.number().int().nonnegative(),
  differences: z.array(pageDifferenceSchema),
});
export type VisibleComparison = z.infer<typeof visibleComparisonSchema>;
