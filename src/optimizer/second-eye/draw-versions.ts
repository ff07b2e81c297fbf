import { readFile, stat } from 'node:fs/promises';
import { type ColourPicture, withPdfium } from '../rendering/pdfium.ts';
import { LARGEST_DRAWN_FILE } from '../rendering/second-renderer.ts';
import { scaledToCompare } from './scale.ts';

export interface DrawVersionsInput {
  readonly path: string;
  /** The first byte that the signature does not cover. */
  readonly revisionEnd: number;
  /** Counted from 1. */
  readonly page: number;
}

/** A page as it was signed and as it is now; undefined where it cannot be drawn, or is not there. */
export interface DrawnVersions {
  readonly signed: ColourPicture | undefined;
  readonly now: ColourPicture | undefined;
}

/** What a person sees who looks for a difference: both versions of a page, drawn by the same program. */
export async function drawVersions({ path, revisionEnd, page }: DrawVersionsInput): Promise<DrawnVersions> {
  if ((await stat(path)).size > LARGEST_DRAWN_FILE) return { signed: undefined, now: undefined };
  const bytes = await readFile(path);
  const drawn = (version: Uint8Array) =>
    withPdfium(version, '', (document) => document.draw(page, scaledToCompare, 'screen'));
  return { signed: await drawn(bytes.subarray(0, revisionEnd)), now: await drawn(bytes) };
}
