import type { ListsState } from '../../contract/model/trusted-lists.ts';
import type { TrustedListsInput } from '../trusted-lists/lists-folder.ts';
import type { DocumentWork } from '../work/document-work.ts';
import { fetchTrustedLists } from './fetch-lists.ts';
import { listServers } from './lists-over-http.adapter.ts';

export { describeTrustedLists } from './fetch-lists.ts';

/** Fetches the lists over HTTP, by the proxies of the computer. @returns the lists as they are now */
export async function refreshTrustedLists(
  lists: TrustedListsInput,
  listOfLists: string,
  work: DocumentWork,
  now: () => Date,
): Promise<ListsState> {
  const servers = listServers(listOfLists);
  const { get } = servers;
  return fetchTrustedLists({ lists, listOfLists, get, work, now }).finally(() => servers.close());
}
