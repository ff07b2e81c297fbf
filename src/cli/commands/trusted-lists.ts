import type { Command } from 'commander';
import { type KeptList, LIST_OF_LISTS, type ListsState } from '../../contract/model/trusted-lists.ts';
import { describeTrustedLists, refreshTrustedLists } from '../../optimizer/index.ts';
import { documentWork } from '../document-work.ts';
import { readCertificates } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';

interface ListsOptions {
  lotlCertificates: string;
  json?: boolean;
}

export function addTrustedListsCommand(program: Command): void {
  const lists = program
    .command('trusted-lists')
    .description('the trusted lists of the European Union: fetch them, and see how old they are');
  const withFolder = (name: string, description: string): Command =>
    lists
      .command(name)
      .description(description)
      .argument('<dir>', 'their folder, as for verify --trusted-lists')
      .requiredOption(
        '--lotl-certificates <file>',
        'certificates of the Official Journal that sign the list of lists, PEM',
      )
      .option('--json', 'one JSON line');
  withFolder(
    'show',
    'say of each list which one is there, until when it may be relied on, and what is wrong',
  ).action(show);
  withFolder('fetch', 'fetch them; each takes the place of the one that is there once it has been verified')
    .option('--from <url>', 'address of the list of lists', LIST_OF_LISTS)
    .action(fetchLists);
}

async function show(folder: string, options: ListsOptions): Promise<void> {
  const work = documentWork();
  tell(await describeTrustedLists(await listsIn(folder, options), work, () => new Date()), options);
}

async function fetchLists(folder: string, options: ListsOptions & { from: string }): Promise<void> {
  const lists = await listsIn(folder, options);
  tell(await refreshTrustedLists(lists, options.from, documentWork(), () => new Date()), options);
}

async function listsIn(folder: string, { lotlCertificates }: ListsOptions) {
  return { folder, pinned: (await readCertificates(lotlCertificates)).map(({ der }) => der) };
}

/** Exit code 1 where any list is not what it should be. */
function tell(state: ListsState, { json }: ListsOptions): void {
  const { fetchedAt, listOfLists, national } = state;
  const fetched = fetchedAt === undefined ? 'never fetched' : `fetched ${fetchedAt}`;
  new Terminal(json === true).result(
    [`${national.length + 1} lists, ${fetched}`, ...[listOfLists, ...national].map(inWords)],
    state,
  );
  if ([listOfLists, ...national].some(({ problem }) => problem !== undefined)) process.exitCode = 1;
}

const PROBLEMS: Readonly<Record<NonNullable<KeptList['problem']>, string>> = {
  unreachable: 'its server could not be reached',
  listOfListsMissing: 'there is no list of lists',
  listOfListsNotAuthentic: 'it is not signed by those who may',
  listOfListsStale: 'it is out of date',
  listMissing: 'the list is missing',
  listNotAuthentic: 'it is not signed by those who may',
  listStale: 'it is out of date',
  older: 'its server has an older one',
};

function inWords({ territory, sequenceNumber, nextUpdate, problem }: KeptList): string {
  const number = sequenceNumber === undefined ? 'none' : `no. ${sequenceNumber}`;
  const until = nextUpdate === undefined ? '' : `, until ${nextUpdate.slice(0, 10)}`;
  return `  ${territory}: ${number}${until}${problem ? `: ${PROBLEMS[problem]}` : ''}`;
}
