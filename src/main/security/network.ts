import type { Session } from 'electron';
import { SCHEME } from './origin.ts';

/** Schemes that a page may load from, with the reason beside each. */
const LOADABLE: ReadonlyMap<string, string> = new Map([
  [`${SCHEME}:`, 'the files of the station and the documents of this window'],
  ['blob:', 'images that the PDF viewer decodes'],
  ['data:', 'icons inside style sheets'],
  ['devtools:', 'developer tools of an unpackaged build'],
]);

export const isLoadable = (url: string): boolean => URL.canParse(url) && LOADABLE.has(new URL(url).protocol);

/** Windows have no network: whatever a document refers to is not fetched. Downloads do not exist. */
export function denyNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isLoadable(details.url) }));
  session.on('will-download', (event) => event.preventDefault());
}
