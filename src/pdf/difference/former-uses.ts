/**
 * Objects that serve another purpose than they did when they were signed: an annotation that becomes a form field is no
 * longer an annotation, and what it showed is gone. They are judged by what they were, too.
 */
import type { Comparison } from './comparison.ts';
import { type Role, rolesOf } from './roles.ts';
import type { Structure } from './structure.ts';

/** By object, the uses of the signed version that the present one does not have. @throws OSS_PDF_LIMIT. */
export async function formerUses(
  { before, beforeParts, afterParts, changed }: Comparison,
  present: ReadonlyMap<number, readonly Role[]>,
): Promise<ReadonlyMap<number, readonly Role[]>> {
  const others = new Set(
    [...changed.replaced].filter((number) => partOf(beforeParts, number) !== partOf(afterParts, number)),
  );
  if (others.size === 0) return new Map();
  const former = await rolesOf(before, beforeParts, others);
  return new Map(
    [...former].map(([number, roles]) => {
      const known = new Set((present.get(number) ?? []).map((role) => JSON.stringify(role)));
      return [number, roles.filter((role) => !known.has(JSON.stringify(role)))];
    }),
  );
}

/** What a person can point at: a page, an annotation, a field by its name. */
function partOf({ pageNumbers, treeNodes, annotationPages, fields }: Structure, number: number): string {
  const field = fields.get(number);
  if (field) return `field ${field.field}`;
  if (pageNumbers.has(number)) return 'page';
  if (treeNodes.has(number)) return 'pageTree';
  return annotationPages.has(number) ? 'annotation' : '';
}
