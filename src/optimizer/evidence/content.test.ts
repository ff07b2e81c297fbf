import { describe, expect, it } from 'vitest';
import type { CeremonyAct } from '../../contract/model/evidence.ts';
import type { JournalEntry, TransactionEvent } from '../journal/events.ts';
import { pagesShownIn } from './content.ts';

/** A journal, one second an event. */
const journal = (...events: (TransactionEvent | CeremonyAct)[]): JournalEntry[] =>
  events.map((event, index) => ({
    at: new Date(index * 1000).toISOString(),
    event: isAct(event) ? { type: 'act', act: event } : event,
  }));
const isAct = (event: TransactionEvent | CeremonyAct): event is CeremonyAct => event.type === 'pagesShown';

const shown = (document: number | 'contract', ...ranges: [number, number][]): CeremonyAct => ({
  type: 'pagesShown',
  document,
  shown: ranges,
  pages: 9,
});

describe('the pages that a signer has seen', () => {
  it('are those last written down for each document', () => {
    const entries = journal(shown('contract', [1, 1]), shown(0, [1, 2]), shown(0, [1, 4]), shown(1, [3, 3]));
    expect(pagesShownIn(entries)).toMatchObject([
      { document: 'contract', shown: [[1, 1]] },
      { document: 0, shown: [[1, 4]] },
      { document: 1, shown: [[3, 3]] },
    ]);
  });

  it('count no more once an application has put another document in the place, but the contract is the same', () => {
    const entries = journal(
      shown('contract', [1, 1]),
      shown(0, [1, 9]),
      { type: 'slotRemoved', slot: 0 },
      shown(1, [2, 2]),
    );
    expect(pagesShownIn(entries)).toMatchObject([{ document: 'contract' }, { document: 1 }]);
  });
});
