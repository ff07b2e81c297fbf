/**
 * What was signed and what is there now, drawn by the same program: a second opinion on changes that asks nothing about
 * objects. What it finds is where a page looks another way.
 */
import { readFile, stat } from 'node:fs/promises';
import type { PageDifference, VisibleComparison } from '../../contract/model/visible-comparison.ts';
import { differingArea } from './differing-area.ts';
import { DrawnDocument, FLAGS, LARGEST_FILE } from './pdfium.ts';

/** Dots of the longer side: letters of six points are told apart. */
const SIDE = 900;
/** Longer documents are compared as far as this. */
const MOST_PAGES = 60;
/** In milliseconds: the process has a deadline for the whole verification. */
const PATIENCE = 6_000;

export interface CompareInput {
  readonly path: string;
  readonly password?: string;
  /** The end of the signed version, in bytes. */
  readonly revisionEnd: number;
}

/** @returns undefined for a document that is too large, or that PDFium cannot open in both versions */
export async function compareVersions(input: CompareInput): Promise<VisibleComparison | undefined> {
  if ((await stat(input.path)).size > LARGEST_FILE) return undefined;
  const present = await readFile(input.path);
  const now = await DrawnDocument.open(present, input.password);
  if (!now) return undefined;
  try {
    const then = await DrawnDocument.open(present.subarray(0, input.revisionEnd), input.password);
    if (!then) return undefined;
    try {
      return compare(then, now);
    } finally {
      then.close();
    }
  } finally {
    now.close();
  }
}

function compare(then: DrawnDocument, now: DrawnDocument): VisibleComparison {
  const pages = Math.max(then.pages, now.pages);
  const end = performance.now() + PATIENCE;
  const differences: PageDifference[] = [];
  let compared = 0;
  while (compared < Math.min(pages, MOST_PAGES) && performance.now() < end) {
    compared += 1;
    const difference = differenceOn(compared, then, now);
    if (difference) differences.push(difference);
  }
  return { pages, compared, differences };
}

/** The content of the page by itself first: no rule of ISO 32000 ever permits to change that after signing. */
function differenceOn(page: number, then: DrawnDocument, now: DrawnDocument): PageDifference | undefined {
  const drawings = [then, now].map((document) =>
    document.withPage(page, ({ width, height, draw }) => {
      const scale = SIDE / Math.max(width, height);
      const size = {
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
      };
      return {
        content: draw(size, 0),
        whole: draw(size, FLAGS.annotations),
        printed: draw(size, FLAGS.annotations | FLAGS.printing),
        size,
      };
    }),
  );
  const [before, after] = drawings;
  if (!before || !after) return before === after ? undefined : { page, what: 'content' };
  if (before.size.width !== after.size.width || before.size.height !== after.size.height)
    return { page, what: 'content' };
  const content = differingArea(before.content, after.content);
  if (content) return { page, what: 'content', area: content };
  const marks = differingArea(before.whole, after.whole) ?? differingArea(before.printed, after.printed);
  return marks && { page, what: 'marks', area: marks };
}
