/** A part of an appearance: what is drawn, and the resources that it names (ISO 32000-2 §7.8). */
import type { Syntax } from '../../syntax/writer.ts';

export interface Figure {
  readonly content: Syntax;
  readonly resources: Readonly<
    Partial<Record<'ColorSpace' | 'Font' | 'XObject', ReadonlyMap<string, Syntax>>>
  >;
}
