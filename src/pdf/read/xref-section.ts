/** What a cross-reference section answers, whichever of the two forms it has (ISO 32000-2 §7.5.4, §7.5.8). */
import type { PdfDictionary } from '../syntax/values.ts';
import type { NumberRange } from './number-ranges.ts';

export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly container: number; readonly index: number };

export interface XrefSection {
  readonly kind: 'table' | 'stream';
  /** Where the section begins, as `startxref` and `/Prev` name it. */
  readonly offset: number;
  /** The first byte behind it. */
  readonly end: number;
  readonly trailer: PdfDictionary;
  /** Ranges of object numbers with an entry, free ones included. */
  readonly ranges: readonly NumberRange[];
  /** The entry of an object number, or undefined where this section does not mention it. */
  lookup(number: number): Promise<XrefEntry | undefined>;
}
