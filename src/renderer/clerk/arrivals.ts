import { type DeskStore, emptyDraft } from './desk.ts';

/**
 * Takes what the system hands to the station. Files join documents that were only picked so far; once a person was
 * typed beside them, those are another customer's: what is prepared is kept, and something new begins.
 */
export function watchArrivals(desk: DeskStore): void {
  const { api } = desk.getState();
  const take = async (): Promise<void> => {
    const arrival = await api.arrivals.next();
    if (arrival.kind === 'nothing') return;
    if (arrival.kind === 'files') await pickThem(desk);
    else if (arrival.kind === 'transaction') showTransaction(desk, arrival.id);
    else if (arrival.kind === 'new') await desk.getState().newCustomer();
    else desk.getState().go({ kind: 'verify' });
    await take();
  };
  // One after the other, also where one has failed.
  let last = Promise.resolve();
  const takeNext = () => {
    last = last.then(take).catch(() => undefined);
  };
  api.arrivals.onArrived(takeNext);
  takeNext();
}

async function pickThem(desk: DeskStore): Promise<void> {
  const { act, form, identity, newCustomer } = desk.getState();
  if (form || identity) await newCustomer();
  await act(async (api) => {
    const picked = await api.arrivals.pick();
    const { draft } = desk.getState();
    desk.setState({ ...emptyDraft(), draft, picked });
  });
}

/** A link may name what is not here, or any more: then nothing happens. */
function showTransaction(desk: DeskStore, id: string): void {
  const { transactions, go } = desk.getState();
  if (transactions?.some((known) => known.id === id)) go({ kind: 'transaction', id });
}
