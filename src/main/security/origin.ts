import type { WindowRole } from '../../contract/ipc/group.ts';

export const SCHEME = 'app';

/** Each kind of window is an origin of its own, so that nothing that Chromium keeps by origin is shared. */
export const pageOf = (role: WindowRole): string => `${SCHEME}://${role}/${role}.html`;

/** Compares scheme and host of a parsed URL; the string `origin` of a custom scheme is "null" in Node. */
export function hasOrigin(url: string, role: WindowRole): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol: scheme, host, username, password } = new URL(url);
  return scheme === `${SCHEME}:` && host === role && username === '' && password === '';
}
