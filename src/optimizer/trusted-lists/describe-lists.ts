/** What the lists of a folder say of themselves, verified: for those who fetch them, and those who look after them. */
import type { KeptList } from '../../contract/model/trusted-lists.ts';
import { parseXml, textOfXml, UnusableXml } from '../xml/read-xml.ts';
import { readListHead } from './list-content.ts';
import { readListFiles } from './list-files.ts';
import type { TrustedListsInput } from './lists-folder.ts';
import type { TrustedLists } from './trusted-lists.ts';

export interface DescribeInput extends TrustedListsInput {
  readonly at: Date;
}

export interface DescribeNationalInput extends DescribeInput {
  /** As the list of lists writes it. */
  readonly territory: string;
  /** Folder of the list of lists, where it is another one. */
  readonly beside?: string;
}

/** The list of lists of a folder, and where it says that the others are. */
export interface DescribedListOfLists {
  readonly list: KeptList;
  /** Of each country once; none where the list of lists does not hold. */
  readonly pointers: readonly { readonly territory: string; readonly location: string }[];
  /** Addresses of the pivots that the newest list of lists names: nobody has verified them. */
  readonly namedPivots: readonly string[];
}

/** @param lists those of the folder */
export async function describeListOfLists(
  lists: TrustedLists,
  { folder, at }: DescribeInput,
): Promise<DescribedListOfLists> {
  const [newest] = (await readListFiles(folder)).filter(({ isListOfLists }) => isListOfLists);
  return { ...lists.describeListOfLists(at), namedPivots: newest ? pivotsIn(newest.bytes) : [] };
}

function pivotsIn(bytes: Uint8Array): readonly string[] {
  try {
    return readListHead(parseXml(textOfXml(bytes))).pivots;
  } catch (error) {
    if (error instanceof UnusableXml) return [];
    throw error;
  }
}
