import { readFile, stat } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import type { Change, DrawnDifferences } from '../../contract/model/verification.ts';
import { openFileSource, openPdf, type VisiblePlace, visiblePlaces } from '../../pdf/index.ts';
import { type PdfiumDocument, withPdfium } from '../rendering/pdfium.ts';
import { LARGEST_DRAWN_FILE } from '../rendering/second-renderer.ts';
import { pictureDifferences } from './picture-differences.ts';
import { scaledToCompare } from './scale.ts';

/** So many pages are drawn for all signatures together: of each version the first ones. */
const MOST_PAGES = 200;

export interface ComparedSignature {
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
 * @returns in the order of the signatures, whose names may be the same
 * @throws OssError OSS_PDF_* where the file cannot be read
 */
export async function compareVersions({
  path,
  password = '',
  signatures,
}: CompareVersionsInput): Promise<readonly DrawnDifferences[]> {
  if ((await stat(path)).size > LARGEST_DRAWN_FILE) return signatures.map(() => notDrawn('tooLarge'));
  const found: DrawnDifferences[] = [];
  const most = Math.max(1, Math.floor(MOST_PAGES / signatures.length));
  const bytes = await readFile(path);
  const source = await openFileSource(path);
  try {
    const pdf = await openPdf(source, { password });
    await withPdfium(bytes, password, async (present) => {
      for (const { revisionEnd, changes } of signatures) {
        const places = await visiblePlaces(pdf, revisionEnd, changes).catch(nowhere);
        const version = bytes.subarray(0, revisionEnd);
        const compare = (signed: PdfiumDocument) => differencesBetween(signed, present, places, most);
        found.push((await withPdfium(version, password, compare)) ?? notDrawn('unreadable'));
      }
    });
    return found.length > 0 ? found : signatures.map(() => notDrawn('unreadable'));
  } finally {
    await source.close();
  }
}

/** No page was compared, and why. */
export const notDrawn = (reason: NonNullable<DrawnDifferences['notDrawn']>): DrawnDifferences => ({
  ...{ pages: 0, notDrawn: reason, differing: [] },
});

/** What PDFium may draw all the same can be no document to our reader: then nothing explains what differs. */
function nowhere(thrown: unknown): [] {
  if (thrown instanceof OssError) return [];
  throw thrown;
}

function differencesBetween(
  signed: PdfiumDocument,
  present: PdfiumDocument,
  places: readonly VisiblePlace[],
  most: number,
): DrawnDifferences {
  const pages = Math.min(Math.max(signed.pages, present.pages), most);
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
