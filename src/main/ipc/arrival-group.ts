import type { GroupHandlers } from '../../contract/ipc/group.ts';
import type { ClerkGroups } from '../../contract/ipc/index.ts';
import type { Arrivals } from '../arrivals/arrivals.ts';
import type { PickedDocuments } from '../documents/picked-documents.ts';
import type { Caller } from '../security/sender-policy.ts';

/** The window learns that files came, never where they lie. */
export const arrivalHandlers = (
  arrivals: Arrivals,
  picked: PickedDocuments,
): GroupHandlers<ClerkGroups['arrivals'], Caller> => ({
  next() {
    const arrival = arrivals.next();
    if (!arrival) return { kind: 'nothing' };
    return arrival.kind === 'files' ? { kind: 'files' } : arrival;
  },
  pick: () => picked.add(arrivals.takeFiles()),
});
