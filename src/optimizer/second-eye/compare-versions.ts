import { readFile, stat } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import type { Change, DrawnDifferences } from '../../contract/model/verification.ts';
import { openFileSource, openPdf, type VisiblePlace, visiblePlaces } from '../../pdf/index.ts';
import { type PdfiumDocument, withPdfium } from '../rendering/pdfium.ts';
import { LARGEST_DRAWN_FILE } from '../rendering/second-renderer.ts';
import { pictureDifferences } from './picture-differences.ts';
import { scaledToCompare } from './scale.ts';

/** Of a longer document the first pages are compared. */
const MOST_PAGES = 200;

export interface ComparedSignature {
  readonly field: string;
  /** The first byte that the signature does not cover. */
  readonly revisionEnd: number;
  /** What was found after it; it explains what differs where it shows. */
  readonly changes: readonly Change[];
}

export interface CompareVersionsInput {
  readonly path: string;
  readonly password?: string;
  readonly signatures: readonly ComparedSignature[];
}

/**
 * Draws what each signature covers and the file as it is now, and says where the two differ.
 * @returns by field; without those whose version cannot be drawn, and empty for a file that is too large
 * @throws OssError OSS_PDF_* where the file cannot be read
 */
export async function compareVersions({
  path,
  password = '',
  signatures,
}: CompareVersionsInput): Promise<ReadonlyMap<string, DrawnDifferences>> {
  const found = new Map<string, DrawnDifferences>();
  if ((await stat(path)).size > LARGEST_DRAWN_FILE) return found;
  const bytes = await readFile(path);
  const source = await openFileSource(path);
  try {
    const pdf = await openPdf(source, { password });
    await withPdfium(bytes, password, async (present) => {
      for (const { field, revisionEnd, changes } of signatures) {
        const places = await visiblePlaces(pdf, revisionEnd, changes).catch(nowhere);
        const drawn = await withPdfium(bytes.subarray(0, revisionEnd), password, (signed) =>
          differencesBetween(signed, present, places),
        );
        if (drawn) found.set(field, drawn);
      }
    });
    return found;
  } finally {
    await source.close();
  }
}

/** What PDFium may draw all the same can be no document to our reader: then nothing explains what differs. */
function nowhere(thrown: unknown): [] {
  if (thrown instanceof OssError) return [];
  throw thrown;
}

function differencesBetween(
  signed: PdfiumDocument,
  present: PdfiumDocument,
  places: readonly VisiblePlace[],
): DrawnDifferences {
  const all = Math.max(signed.pages, present.pages);
  const pages = Math.min(all, MOST_PAGES);
  const differing: DrawnDifferences['differing'] = [];
  for (let page = 1; page <= pages; page++) {
    const expected = places.filter((place) => place.page === page);
    const found = (['screen', 'paper'] as const).flatMap((medium) => {
      const one = signed.draw(page, scaledToCompare, medium);
      return pictureDifferences(one, present.draw(page, scaledToCompare, medium), expected) ?? [];
    });
    const [first, second] = found;
    if (!first) continue;
    // Paper shows what the screen shows already, as a rule.
    const parts = second && !second.isExplained ? second.parts : first.parts;
    differing.push({ page, parts: [...parts], isExplained: found.every((one) => one.isExplained) });
  }
  return { pages, differing };
}
