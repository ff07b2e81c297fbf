/**
 * Fetches the trusted lists of the European Union into a folder. What was fetched takes the place of what is there only
 * once it has been verified and is not older: a list of lists that nobody may sign, or a server that has nothing, leaves
 * everything as it was.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextIfPresent, renameDurably, writeFileDurably } from '../../base/durable-file.ts';
import { fewAtATime } from '../../base/few-at-a-time.ts';
import { OssError } from '../../contract/errors.ts';
import { type KeptList, type ListsState, listsStateSchema } from '../../contract/model/trusted-lists.ts';
import type { TrustedListsInput } from '../trusted-lists/lists-folder.ts';
import type { DocumentWork } from '../work/document-work.ts';

export interface FetchOptions {
  readonly lists: TrustedListsInput;
  /** Address of the list of lists. */
  readonly listOfLists: string;
  /** The bytes at an address. @throws OssError OSS_SOURCE_FAILED */
  readonly get: (url: string) => Promise<Uint8Array>;
  /** Reads and verifies lists in processes with a deadline. */
  readonly work: DocumentWork;
  readonly now: () => Date;
}

/** TS 119 612: 31 countries; nobody else adds to them. */
const MOST_LISTS = 100;
const MOST_PIVOTS = 20;
/** Servers of as many countries; one that does not answer must not hold up the others. */
const AT_ONCE = 6;
/** Only such a name becomes a file. */
const TERRITORY = /^[A-Z]{2}$/u;
const STATE_FILE = 'fetched.json';

/** @returns the lists as they are now; never fails for what servers send, or do not send */
export async function fetchTrustedLists(options: FetchOptions): Promise<ListsState> {
  const { folder } = options.lists;
  const staging = `${folder}.fetching`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  await mkdir(folder, { recursive: true });
  try {
    return await fetchInto(staging, options);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function fetchInto(staging: string, options: FetchOptions): Promise<ListsState> {
  const { lists, work, now } = options;
  const at = now();
  const kept = await describeTrustedLists(lists, work, now);
  const staged = { ...lists, folder: staging, at };
  const names = ['eu-lotl.xml'];
  const refused = (problem: KeptList['problem']): Promise<ListsState> =>
    remember(lists, { ...kept, fetchedAt: at.toISOString(), listOfLists: { ...kept.listOfLists, problem } });
  if (!(await stage(join(staging, 'eu-lotl.xml'), options.listOfLists, options)))
    return refused('unreachable');
  let described = await work.run('describeListOfLists', staged);
  if (described.list.problem === 'listOfListsNotAuthentic') {
    // The certificates of the Official Journal may lead to its signer over pivots (TS 119 615 §4.1).
    const pivots = described.namedPivots.slice(0, MOST_PIVOTS);
    const fetched = await fewAtATime([...pivots.entries()], async ([index, url]) => {
      const name = `eu-lotl-pivot-${/(\d+)\.xml$/u.exec(url)?.[1] ?? index}.xml`;
      return (await stage(join(staging, name), url, options)) ? [name] : [];
    });
    names.push(...fetched.flat());
    described = await work.run('describeListOfLists', staged);
  }
  const { list, pointers } = described;
  if (list.problem) return refused(list.problem);
  if (isOlder(list, kept.listOfLists)) return refused('older');
  for (const name of names) await renameDurably(join(staging, name), join(lists.folder, name));
  const territories = pointers.filter(({ territory }) => TERRITORY.test(territory)).slice(0, MOST_LISTS);
  // Pointers are looked up in the list of lists that is in the folder now.
  const national = await fewAtATime(
    territories,
    ({ territory, location }) => fetchNational(territory, location, staging, options),
    AT_ONCE,
  );
  return remember(lists, { fetchedAt: at.toISOString(), listOfLists: list, national });
}

async function fetchNational(
  territory: string,
  location: string,
  staging: string,
  options: FetchOptions,
): Promise<KeptList> {
  const { lists, work, now } = options;
  const present = (): Promise<KeptList> =>
    work.run('describeNationalList', { ...lists, at: now(), territory });
  // Each in a folder of its own, beside the list of lists that says who signs it.
  const own = join(staging, territory);
  const name = `list-${territory}.xml`;
  await mkdir(own, { recursive: true });
  if (!(await stage(join(own, name), location, options)))
    return { ...(await present()), problem: 'unreachable' };
  const [kept, fetched] = [await present(), await describeWith(own, territory, options)];
  if (fetched.problem) return { ...kept, problem: fetched.problem };
  if (isOlder(fetched, kept)) return { ...kept, problem: 'older' };
  await renameDurably(join(own, name), join(lists.folder, name));
  return present();
}

/** A fetched list under the list of lists in the folder. */
async function describeWith(
  own: string,
  territory: string,
  { lists, work, now }: FetchOptions,
): Promise<KeptList> {
  const { folder, pinned } = lists;
  return work.run('describeNationalList', { folder: own, beside: folder, pinned, at: now(), territory });
}

const isOlder = (one: KeptList, other: KeptList): boolean =>
  (one.sequenceNumber ?? 0) < (other.sequenceNumber ?? 0);

/** @returns whether it is there */
async function stage(path: string, url: string, { get }: FetchOptions): Promise<boolean> {
  try {
    await writeFile(path, await get(url));
    return true;
  } catch (error) {
    if (error instanceof OssError && error.code === 'OSS_SOURCE_FAILED') return false;
    throw error;
  }
}

async function remember({ folder }: TrustedListsInput, state: ListsState): Promise<ListsState> {
  await writeFileDurably(join(folder, STATE_FILE), JSON.stringify(state));
  return state;
}

/** The lists of a folder as they are, with what went wrong when they were last fetched. */
export async function describeTrustedLists(
  lists: TrustedListsInput,
  work: DocumentWork,
  now: () => Date,
): Promise<ListsState> {
  const remembered = await readState(lists.folder);
  const at = now();
  const { list, pointers } = await work.run('describeListOfLists', { ...lists, at });
  const problemOf = (territory: string) =>
    remembered?.national.find((one) => one.territory === territory)?.problem;
  const national = await fewAtATime(
    pointers.slice(0, MOST_LISTS),
    async ({ territory }) => {
      const kept = await work.run('describeNationalList', { ...lists, at, territory });
      const problem = kept.problem ?? problemOf(territory);
      return { ...kept, ...(problem && { problem }) };
    },
    AT_ONCE,
  );
  const problem = list.problem ?? remembered?.listOfLists.problem;
  return {
    ...(remembered?.fetchedAt !== undefined && { fetchedAt: remembered.fetchedAt }),
    listOfLists: { ...list, ...(problem && { problem }) },
    national,
  };
}

/** A file that somebody else wrote says nothing. */
async function readState(folder: string): Promise<ListsState | undefined> {
  const text = await readTextIfPresent(join(folder, STATE_FILE));
  if (text === undefined) return undefined;
  try {
    return listsStateSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
