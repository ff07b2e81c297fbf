import type { ClerkApi } from '../../contract/ipc/index.ts';
import { type DeskState, type DeskStore, emptyDraft } from './desk.ts';
import { placementOf } from './placement/placement-choices.ts';
import { usePlacementStore } from './placement/placement-store.ts';

/** The clerk is still typing or dragging. */
const PAUSE_MS = 400;

const isPreparing = ({ place }: DeskState): boolean =>
  place.kind === 'documents' || place.kind === 'identity' || place.kind === 'placement';

/** While something else is looked at, the draft stays where it was: at its form, where one was begun. */
function stepOf({ place: { kind }, form }: DeskState) {
  if (kind === 'identity' || kind === 'placement') return kind;
  return kind !== 'documents' && form ? 'identity' : 'documents';
}

/** Also while something else is looked at, which may have come before the last words were kept. */
const hasSomething = ({ picked, form }: DeskState): boolean => picked.length > 0 || form !== undefined;

/** What is being prepared now, as main keeps it. */
function draftOf(state: DeskState): Parameters<ClerkApi['drafts']['keep']>[0] {
  const { choices, proposedFor } = usePlacementStore.getState();
  const chosen = state.picked.filter(({ id }) => proposedFor.includes(id));
  return {
    id: state.draft,
    step: stepOf(state),
    ...(state.form && { form: state.form }),
    placements: chosen.map((one) => ({ document: one.id, placement: placementOf(choices, one) })),
  };
}

/**
 * Keeps what the clerk prepares whenever it has changed, so that neither another customer nor the end of the station
 * takes it away; and lists what is kept.
 */
export function watchDrafts(desk: DeskStore): void {
  const { api } = desk.getState();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let kept = '';
  const keep = async (): Promise<void> => {
    clearTimeout(timer);
    const draft = draftOf(desk.getState());
    const { picked } = desk.getState();
    const looksAs = JSON.stringify([draft, picked.map(({ id }) => id)]);
    if (looksAs === kept) return;
    kept = looksAs;
    desk.setState({ drafts: await api.drafts.keep(draft) });
  };
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // While something is being done with it, it is not what it was, and not yet what it will be.
      if (desk.getState().working) keepSoon();
      else if (hasSomething(desk.getState())) void keep().catch(() => undefined);
    }, PAUSE_MS);
  };
  desk.setState({
    keepDraft: async () => {
      if (hasSomething(desk.getState())) await keep();
    },
  });
  desk.subscribe((now, before) => {
    // Of a customer who has left, or is being served, not even what was kept of them is remembered here.
    if (!hasSomething(now)) {
      clearTimeout(timer);
      kept = '';
    }
    const isOther = now.picked !== before.picked || now.form !== before.form || now.place !== before.place;
    if (isOther && hasSomething(now)) keepSoon();
    // Secrets that were opened since may open drafts.
    if (now.station !== before.station) void listDrafts(desk);
  });
  usePlacementStore.subscribe((now, before) => {
    if (now.choices !== before.choices && hasSomething(desk.getState())) keepSoon();
  });
  void listDrafts(desk);
}

const listDrafts = async (desk: DeskStore): Promise<void> => {
  const { api } = desk.getState();
  desk.setState({ drafts: await api.drafts.list() });
};

/** Goes on with what was prepared before; what is being prepared now is kept. */
export async function openDraft(desk: DeskStore, id: string): Promise<void> {
  const { act, draft, go, keepDraft, picked, form } = desk.getState();
  if (id === draft) return go({ kind: picked.length > 0 && form ? 'identity' : 'documents' });
  await act(async (api) => {
    await keepDraft();
    const { step, form: typed, documents, placements } = await api.drafts.open({ id });
    const isUsable = documents.length > 0 && documents.every(({ problem }) => !problem);
    const kind = step === 'documents' || !isUsable ? 'documents' : 'identity';
    usePlacementStore.getState().restore(documents, placements);
    desk.setState({ ...emptyDraft(), draft: id, picked: documents, form: typed, place: { kind } });
  });
}

/** Throws it away; where it is the one that is being prepared, an empty one takes its place. */
export async function removeDraft(desk: DeskStore, id: string): Promise<void> {
  const { act, draft, place } = desk.getState();
  await act(async (api) => {
    if (id === draft) {
      await api.documents.clear();
      const empty = emptyDraft();
      desk.setState(isPreparing(desk.getState()) ? empty : { ...empty, place });
    }
    desk.setState({ drafts: await api.drafts.remove({ id }) });
  });
}
