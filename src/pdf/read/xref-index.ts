/** Which links of a chain have an entry for an object: files that were signed often have hundreds of links. */
import type { XrefSection } from './xref-section.ts';

/** One link of the chain; a hybrid file adds the stream with the objects hidden from old readers. */
export interface XrefLink {
  readonly section: XrefSection;
  readonly hidden: XrefSection | undefined;
}

/** Shorter chains are searched as quickly. */
const SHORTEST_INDEXED = 8;
/** In all sections together; in longer chains each link is asked. */
const MAX_ENTRIES = 500_000;

export class XrefIndex {
  readonly #links: readonly XrefLink[];
  #positions: ReadonlyMap<number, readonly number[]> | undefined;

  /** @param links newest first */
  constructor(links: readonly XrefLink[]) {
    this.#links = links;
  }

  /** Newest first, without so many of the newest. */
  *linksWith(number: number, without: number): Iterable<XrefLink> {
    const positions = this.#indexed()?.get(number);
    if (this.#positions?.size) {
      for (let at = firstFrom(positions ?? [], without); at < (positions?.length ?? 0); at += 1) {
        const link = this.#links[positions?.[at] ?? -1];
        if (link) yield link;
      }
      return;
    }
    for (let at = without; at < this.#links.length; at += 1) {
      const link = this.#links[at];
      // Asked first, because a promise for each of thousands of revisions takes longer than the response.
      if (link && (covers(link.section, number) || (link.hidden && covers(link.hidden, number)))) yield link;
    }
  }

  /** Positions of links by object number; empty where there is no index. */
  #indexed(): ReadonlyMap<number, readonly number[]> {
    this.#positions ??= this.#links.length < SHORTEST_INDEXED ? new Map() : indexOf(this.#links);
    return this.#positions;
  }
}

function indexOf(links: readonly XrefLink[]): ReadonlyMap<number, readonly number[]> {
  const positions = new Map<number, number[]>();
  let entries = 0;
  for (const [at, { section, hidden }] of links.entries()) {
    for (const { first, count } of [...section.ranges, ...(hidden?.ranges ?? [])]) {
      entries += count;
      if (entries > MAX_ENTRIES) return new Map();
      for (let number = first; number < first + count; number += 1) {
        const known = positions.get(number);
        if (!known) positions.set(number, [at]);
        else if (known.at(-1) !== at) known.push(at);
      }
    }
  }
  return positions;
}

/** By bisection: where the first of the sorted positions stands that is not before `without`. */
function firstFrom(positions: readonly number[], without: number): number {
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) < without) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By bisection: ranges are sorted. */
function covers({ ranges }: XrefSection, number: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (!range) return false;
    if (number < range.first) high = middle - 1;
    else if (number >= range.first + range.count) low = middle + 1;
    else return true;
  }
  return false;
}
