/** Search in a document, by the find controller of pdf.js. */
import { type EventBus, FindState } from 'pdfjs-dist/web/pdf_viewer.mjs';
import type { ViewerState } from './viewer-state.ts';

export type SearchDirection = 'first' | 'next' | 'previous';

/** @param source who asks, as the find controller wants to know */
export function search(events: EventBus, source: object, query: string, direction: SearchDirection): void {
  events.dispatch('find', {
    source,
    type: direction === 'first' ? '' : 'again',
    query,
    caseSensitive: false,
    entireWord: false,
    highlightAll: true,
    findPrevious: direction === 'previous',
    matchDiacritics: false,
  });
}

interface FindUpdate {
  readonly state: number;
  readonly matchesCount: { readonly current: number; readonly total: number };
}

/** Tells how many places were found, and which one is shown. */
export function onMatches(events: EventBus, tell: (matches: ViewerState['matches']) => void): void {
  events.on('updatefindmatchescount', ({ matchesCount }: Pick<FindUpdate, 'matchesCount'>) =>
    tell(matchesCount),
  );
  events.on('updatefindcontrolstate', ({ state, matchesCount }: FindUpdate) =>
    tell(state === FindState.NOT_FOUND ? { current: 0, total: 0 } : matchesCount),
  );
}
