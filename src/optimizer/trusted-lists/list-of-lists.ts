/** From the certificates of the Official Journal to the list of lists, over its pivots (TS 119 615 §4.1). */
import type { Certificate } from '../../pki/index.ts';
import { UnusableXml } from '../xml/read-xml.ts';
import { readListContent, type TrustedList } from './list-content.ts';
import type { ListFile } from './list-files.ts';
import { readSignedList } from './signed-list.ts';

/**
 * The newest list of lists in a folder, signed by one of the pinned certificates or by one that a pivot names: each
 * pivot is signed by what the one before it names. Older ones are never fallen back to.
 * @throws UnusableXml where it is not signed in this way
 */
export function readListOfLists(files: readonly ListFile[], pinned: readonly Certificate[]): TrustedList {
  const [newest, ...others] = files.filter(({ isListOfLists }) => isListOfLists);
  if (!newest) throw new UnusableXml('there is no list of lists');
  const direct = attempt(newest, pinned);
  if (direct) return direct;
  const since = Math.max(...pinned.map(({ notBefore }) => notBefore.getTime()));
  let allowed = pinned;
  let last: TrustedList | undefined;
  const used: number[] = [];
  for (const file of others.toReversed()) {
    const pivot = attempt(file, allowed);
    // What was issued before the certificates of the Journal can only lead back to earlier ones.
    if (!pivot || pivot.issued.getTime() < since || (last && pivot.issued <= last.issued)) continue;
    allowed = signersOf(pivot);
    last = pivot;
    used.push(pivot.sequenceNumber);
  }
  const list = readListContent(readSignedList(newest.bytes, allowed));
  const named = list.pivots.map((uri) => Number(/pivot-?(\d+)/iu.exec(uri)?.[1]));
  if (used.some((one) => !named.includes(one)))
    throw new UnusableXml('the list of lists was reached over a pivot that it does not name');
  return list;
}

function attempt(file: ListFile, allowed: readonly Certificate[]): TrustedList | undefined {
  try {
    return readListContent(readSignedList(file.bytes, allowed));
  } catch (error) {
    if (error instanceof UnusableXml) return undefined;
    throw error;
  }
}

/** Whose keys may sign the next one: the pointer of the list to itself. */
const signersOf = ({ pointers }: TrustedList): readonly Certificate[] =>
  pointers.filter(({ isListOfLists }) => isListOfLists).flatMap(({ certificates }) => certificates);
