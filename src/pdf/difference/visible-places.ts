/** Where on the pages of a file the changes show that were found after a signature. */
import { shownSize, toShown } from '../../contract/model/page-geometry.ts';
import type { Change } from '../../contract/model/verification.ts';
import type { PdfDocument } from '../read/document.ts';
import { type PdfPage, type Rectangle, shownBox } from '../read/page-tree.ts';
import { PresentVersion } from './present-version.ts';
import { placesOf } from './signed-fields.ts';
import { readStructure, type Structure } from './structure.ts';

/** Part of a page as a viewer shows it: from its left and top edge, in parts of its width and height. */
export interface VisiblePlace {
  /** Counted from 1. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The annotations and fields that a list of changes is about, where each stood in the signed version and where it stands
 * now.
 * @param revisionEnd the first byte that the signature does not cover
 * @throws OSS_PDF_LIMIT and what opening a document throws
 */
export async function visiblePlaces(
  after: PdfDocument,
  revisionEnd: number,
  changes: readonly Change[],
): Promise<VisiblePlace[]> {
  const before = await after.openRevision(revisionEnd);
  const [was, is] = [await readStructure(before), (await PresentVersion.of(after)).parts];
  return [...(await placesIn(before, was, changes)), ...(await placesIn(after, is, changes))];
}

async function placesIn(
  document: PdfDocument,
  structure: Structure,
  changes: readonly Change[],
): Promise<VisiblePlace[]> {
  const annotations = new Set(changes.flatMap((change) => annotationsOf(change, structure)));
  const places: VisiblePlace[] = [];
  for (const annotation of annotations) {
    const pages = structure.annotationPages.get(annotation) ?? [];
    for (const { page, rectangle } of await placesOf(document, annotation, pages))
      places.push({ page, ...partOf(await document.page(page), rectangle) });
  }
  return places;
}

/** By its own number, as a widget of its field, or, where only its look was changed, among those of its page. */
function annotationsOf({ kind, page, field, objects }: Change, structure: Structure): readonly number[] {
  const { annotationPages, fieldObjects } = structure;
  const named = [...objects, ...(field === undefined ? [] : (fieldObjects.get(field) ?? []))];
  const found = named.filter((number) => annotationPages.has(number));
  if (found.length > 0 || !kind.startsWith('annotation') || page === undefined) return found;
  return [...annotationPages].flatMap(([number, pages]) => (pages.includes(page) ? [number] : []));
}

/** Without a rectangle it may be anywhere on the page. */
function partOf(page: PdfPage, rectangle: Rectangle | undefined): Omit<VisiblePlace, 'page'> {
  if (!rectangle) return { x: 0, y: 0, width: 1, height: 1 };
  const geometry = { view: shownBox(page), rotate: page.rotate, userUnit: page.userUnit };
  const size = shownSize(geometry);
  const shown = toShown(geometry, rectangle);
  return {
    x: shown.x / size.width,
    y: shown.y / size.height,
    width: shown.width / size.width,
    height: shown.height / size.height,
  };
}
