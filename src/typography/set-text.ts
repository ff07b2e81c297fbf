/** Lines of text as operators of a content stream, and the fonts that they need. */
import { contentNumber, type EmbeddedFont, FontSubset, type PreparedSubset } from './font-subset.ts';
import type { TextLine, TextRun } from './text-line.ts';
import type { Typeface } from './typeface.ts';

const LEFT_TO_RIGHT = '\u200E';

/**
 * A bracket or a comma from left to right behind a name from right to left: by itself a reader takes it for a part
 * of the name, and turns both round (UAX #9 §2.6).
 */
const beginsWithNeutral = ({ isRightToLeft, glyphs }: TextRun): boolean =>
  !isRightToLeft && !/^[\p{L}\p{N}]/u.test(glyphs[0]?.character ?? '');

export interface PenPosition {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** The fonts of one appearance or one document: each typeface is embedded once, with the glyphs that are shown. */
export class UsedFonts {
  readonly #subsets = new Map<Typeface, { readonly name: string; readonly subset: FontSubset }>();
  readonly #prepared: ReadonlyMap<Typeface, PreparedSubset>;

  constructor(prepared: ReadonlyMap<Typeface, PreparedSubset> = new Map()) {
    this.#prepared = prepared;
  }

  /**
   * Operators that belong between BT and ET, in ASCII; the line begins at `x` on the base line `y`.
   * @param turned degrees against the clock by which the line is turned round its beginning
   */
  show({ runs }: TextLine, { x, y, size }: PenPosition, turned = 0): string {
    const angle = (turned * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const turn = [cos, sin, -sin, cos].map(contentNumber).join(' ');
    let content = '';
    let along = 0;
    let previous: TextRun | undefined;
    for (const run of runs) {
      const { typeface, glyphs, isRightToLeft } = run;
      const { name, subset } = this.#subsetOf(typeface);
      const place = `${contentNumber(x + along * cos)} ${contentNumber(y + along * sin)}`;
      content += `/${name} ${contentNumber(size)} Tf ${turn} ${place} Tm\n`;
      if (previous?.isRightToLeft && beginsWithNeutral(run)) content += subset.showMark(LEFT_TO_RIGHT, size);
      content += subset.show(glyphs, size, isRightToLeft);
      previous = run;
      along += glyphs.reduce((sum, { advance }) => sum + advance, 0) * size;
    }
    return content;
  }

  /** Under which the operators name it. */
  nameOf(typeface: Typeface): string {
    return this.#subsetOf(typeface).name;
  }

  /** Whether nothing was shown beyond what was prepared: then operators mean the same in every such document. */
  get areAsPrepared(): boolean {
    return [...this.#subsets.values()].every(({ subset }) => subset.isAsPrepared);
  }

  /** Under the names that the operators use. */
  *encoded(): Iterable<readonly [name: string, font: EmbeddedFont]> {
    for (const { name, subset } of this.#subsets.values()) yield [name, subset.encode()];
  }

  /** What later documents may begin with. */
  prepare(): ReadonlyMap<Typeface, PreparedSubset> {
    return new Map(Array.from(this.#subsets, ([typeface, { subset }]) => [typeface, subset.prepare()]));
  }

  /** The name of the font resource of each typeface shown so far. */
  names(): string[] {
    return Array.from(this.#subsets.values(), ({ name }) => name);
  }

  #subsetOf(typeface: Typeface): { readonly name: string; readonly subset: FontSubset } {
    const known = this.#subsets.get(typeface);
    if (known) return known;
    const subset = new FontSubset(typeface, this.#prepared.get(typeface));
    const used = { name: `F${this.#subsets.size}`, subset };
    this.#subsets.set(typeface, used);
    return used;
  }
}
