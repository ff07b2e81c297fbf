import { z } from 'zod';

/** Pages from–to, both included, counted from 1. */
export const pageRangesSchema = z.array(z.tuple([z.number().int().positive(), z.number().int().positive()]));
export type PageRanges = z.infer<typeof pageRangesSchema>;

/** @param pages in ascending order */
export function rangesOf(pages: Iterable<number>): PageRanges {
  const ranges: PageRanges = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last?.[1] === page - 1) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges;
}

/** Every page of the ranges, one by one. */
export const pagesOf = (ranges: PageRanges): number[] =>
  ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));

/** As a person writes pages: 3, 7–9. */
export const rangesInWords = (ranges: PageRanges): string[] =>
  ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
