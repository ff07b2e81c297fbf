import { GuardedHttp } from '../outbound/guarded-http.ts';

/** The largest list has 2 MB; see `readListFiles`. */
const MAX_LIST_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

export interface ListServers {
  /** @throws OssError OSS_SOURCE_FAILED */
  get(url: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * The servers of the lists. The one that the administrator named may stand anywhere (a mirror of the company), those that
 * the list of lists names must be public.
 */
export function listServers(listOfLists: string): ListServers {
  const trustedHosts = URL.canParse(listOfLists) ? [new URL(listOfLists).hostname] : [];
  const http = new GuardedHttp({ trustedHosts, allowLoopback: false, timeout: TIMEOUT_MS });
  return { get: (url) => http.call({ url, maxBytes: MAX_LIST_BYTES }), close: () => http.close() };
}
