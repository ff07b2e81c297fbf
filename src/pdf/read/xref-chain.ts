/** The chain of cross-reference sections from the newest to the oldest (ISO 32000-2 §7.5.6, §7.5.8.4). */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { latin1 } from '../syntax/characters.ts';
import { entryOf, integerOf } from '../syntax/values.ts';
import { XrefIndex, type XrefLink } from './xref-index.ts';
import type { XrefEntry, XrefSection } from './xref-section.ts';
import { readXrefStream } from './xref-stream.ts';
import { readXrefTable } from './xref-table.ts';

const MAX_SECTIONS = 4_096;

export interface FoundEntry {
  readonly entry: XrefEntry;
  readonly section: XrefSection;
}

export class XrefChain {
  /** Newest first, never empty. */
  readonly links: readonly [XrefLink, ...XrefLink[]];
  /** Of the newest version of the file; this chain is that one without so many links. */
  readonly #index: XrefIndex;
  readonly #without: number;
  #byOffset: ReadonlyMap<number, XrefLink> | undefined;

  constructor(links: readonly [XrefLink, ...XrefLink[]], index = new XrefIndex(links), without = 0) {
    this.links = links;
    this.#index = index;
    this.#without = without;
  }

  /** The chain as it was so many links ago; undefined where there is none. */
  without(newer: number): XrefChain | undefined {
    const [newest, ...older] = this.links.slice(newer);
    return newest && new XrefChain([newest, ...older], this.#index, this.#without + newer);
  }

  /** The link that stands at an offset of the file. */
  at(offset: number): XrefLink | undefined {
    this.#byOffset ??= new Map(this.links.map((link) => [link.section.offset, link]));
    return this.#byOffset.get(offset);
  }

  get newest(): XrefSection {
    return this.links[0].section;
  }

  get isHybrid(): boolean {
    return this.links.some(({ hidden }) => hidden !== undefined);
  }

  /** A linearized file has two sections for one revision: the newer stands before the older (annex F). */
  get revisions(): number {
    return this.links.filter(({ section }, index) => {
      const older = this.links[index + 1];
      return !older || section.offset > older.section.offset;
    }).length;
  }

  /** The first object number that no section mentions and /Size does not cover. */
  get nextObjectNumber(): number {
    let next = 1;
    for (const { section, hidden } of this.links) {
      next = Math.max(next, integerOf(entryOf(section.trailer, 'Size')) ?? 1);
      for (const { first, count } of [...section.ranges, ...(hidden?.ranges ?? [])]) {
        next = Math.max(next, first + count);
      }
    }
    return next;
  }

  async lookup(number: number): Promise<FoundEntry | undefined> {
    for (const { section, hidden } of this.#index.linksWith(number, this.#without)) {
      const entry = await section.lookup(number);
      if (entry && entry.kind !== 'free') return { entry, section };
      // A hidden object is free in the table and real in the stream (§7.5.8.4).
      const hiddenEntry = await hidden?.lookup(number);
      if (hidden && hiddenEntry && hiddenEntry.kind !== 'free')
        return { entry: hiddenEntry, section: hidden };
      if (entry) return { entry, section };
    }
    return undefined;
  }
}

async function readSection(source: ByteSource, offset: number): Promise<XrefSection> {
  if (!Number.isSafeInteger(offset) || offset <= 0 || offset >= source.size) {
    throw new OssError('OSS_PDF_XREF_DAMAGED', { reason: 'an offset lies outside the file' });
  }
  const start = latin1(await source.read(offset, 16)).trimStart();
  return start.startsWith('xref') ? readXrefTable(source, offset) : readXrefStream(source, offset);
}

/**
 * @throws OSS_PDF_XREF_DAMAGED, and OSS_PDF_LIMIT for a chain that loops or is absurdly long.
 * @param later chain of a later version of the same file: what it has read of the same bytes is not read again
 */
export async function readXrefChain(
  source: ByteSource,
  startXref: number,
  later?: XrefChain,
): Promise<XrefChain> {
  const read = async (offset: number): Promise<XrefLink> => {
    const known = later?.at(offset);
    return known && isWithin(known, source.size) ? known : readLink(source, offset);
  };
  const newest = await read(startXref);
  const links: [XrefLink, ...XrefLink[]] = [newest];
  const seen = new Set([startXref]);
  for (let previous = previousOf(newest); previous !== undefined; ) {
    if (seen.has(previous) || links.length >= MAX_SECTIONS) {
      throw new OssError('OSS_PDF_LIMIT', { reason: 'the chain of revisions does not end' });
    }
    seen.add(previous);
    const link = await read(previous);
    links.push(link);
    previous = previousOf(link);
  }
  // As a rule an earlier version is the later one without its newest links: then both find objects by one index.
  const at = later?.links.indexOf(newest) ?? -1;
  const known = at < 0 ? undefined : later?.without(at);
  const isSame =
    known?.links.length === links.length && known.links.every((link, index) => link === links[index]);
  return isSame ? known : new XrefChain(links);
}

const isWithin = ({ section, hidden }: XrefLink, size: number): boolean =>
  section.end <= size && (hidden === undefined || hidden.end <= size);

async function readLink(source: ByteSource, offset: number): Promise<XrefLink> {
  const section = await readSection(source, offset);
  const hiddenAt = section.kind === 'table' ? offsetEntry(section, 'XRefStm') : undefined;
  return { section, hidden: hiddenAt === undefined ? undefined : await readXrefStream(source, hiddenAt) };
}

const previousOf = ({ section }: XrefLink): number | undefined => offsetEntry(section, 'Prev');

function offsetEntry(section: XrefSection, key: string): number | undefined {
  const value = entryOf(section.trailer, key);
  if (value.kind === 'null') return undefined;
  const offset = integerOf(value);
  if (offset === undefined || offset < 0) throw new OssError('OSS_PDF_XREF_DAMAGED', { reason: `/${key}` });
  return offset;
}
