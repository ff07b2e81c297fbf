import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { type OssError, toOssError } from '../../contract/errors.ts';
import type { PickedDocument } from '../../contract/ipc/documents.ts';
import type { ClerkApi } from '../../contract/ipc/index.ts';
import type { WorkProgress } from '../../contract/ipc/progress.ts';
import type { StationView, Theme } from '../../contract/ipc/station.ts';
import type { Interruption, TransactionView } from '../../contract/ipc/transactions.ts';
import type { Identity, IdentityInput } from '../../contract/model/identity.ts';
import type { Language } from '../../contract/model/language.ts';
import { changeLanguage } from '../i18n/start.ts';
import { applyTheme } from '../ui/theme.ts';

/** What the clerk is doing: preparing for the next customer, or looking at one transaction. */
export type Place =
  | { readonly kind: 'documents' | 'identity' }
  | { readonly kind: 'transaction'; readonly id: string };

export interface DeskState {
  readonly station: StationView;
  readonly place: Place;
  readonly picked: readonly PickedDocument[];
  /** What is known of the signer already, from the transaction that this one replaces. */
  readonly known: Identity | undefined;
  /** Why the signer's window went away the last time, until the clerk goes on. */
  readonly interruption: Interruption | undefined;
  /** Undefined until the signature service has been reached once. */
  readonly transactions: readonly TransactionView[] | undefined;
  readonly progress: WorkProgress | undefined;
  readonly working: boolean;
  readonly error: OssError | undefined;

  refresh(): Promise<void>;
  go(place: Place): void;
  newCustomer(): Promise<void>;
  choose(): Promise<void>;
  drop(files: readonly File[]): Promise<void>;
  remove(id: string): Promise<void>;
  register(identity: IdentityInput): Promise<void>;
  /** Makes a transaction anew with the same documents and person; the old one is cancelled. */
  startAgain(id: string): Promise<void>;
  handOver(id: string, pin: string | undefined): Promise<void>;
  act(call: (api: ClerkApi) => Promise<unknown>): Promise<void>;
  changeLanguage(language: Language): Promise<void>;
  changeTheme(theme: Theme): Promise<void>;
}

export type DeskStore = StoreApi<DeskState>;

const inserted = (all: readonly TransactionView[], one: TransactionView): TransactionView[] =>
  [one, ...all.filter(({ id }) => id !== one.id)].sort((a, b) => b.createdAt.localeCompare(a.createdAt));

/** The state of the clerk's window. Main owns the truth; what it announces is put in its place here. */
export function createDesk(api: ClerkApi, station: StationView): DeskStore {
  const store = createStore<DeskState>()((set, get) => {
    /** Runs one action at a time, keeps its failure where the screen shows it. */
    const run = async (action: () => Promise<unknown>): Promise<void> => {
      set({ working: true, error: undefined, progress: undefined });
      try {
        await action();
      } catch (thrown) {
        set({ error: toOssError(thrown) });
      }
      set({ working: false, progress: undefined });
    };
    const pick = (call: () => Promise<PickedDocument[]>) => run(async () => set({ picked: await call() }));

    return {
      station,
      place: { kind: 'documents' },
      picked: [],
      known: undefined,
      interruption: undefined,
      transactions: undefined,
      progress: undefined,
      working: false,
      error: undefined,

      refresh: () => run(async () => set({ transactions: await api.transactions.list() })),
      go: (place) => set({ place, error: undefined }),
      async newCustomer() {
        await run(() => api.documents.clear());
        set({ picked: [], known: undefined, place: { kind: 'documents' } });
      },
      choose: () => pick(() => api.documents.choose()),
      drop: (files) => pick(() => api.documents.addDropped(files)),
      remove: (id) => pick(() => api.documents.remove({ id })),
      register: (identity) =>
        run(async () => {
          const documents = get().picked.map(({ id }) => id);
          const { id } = await api.transactions.create({ documents, identity });
          set({ picked: [], known: undefined, place: { kind: 'transaction', id } });
        }),
      startAgain: (id) =>
        run(async () => {
          const { identity, documents } = await api.transactions.startAgain({ id });
          const place = documents.some(({ problem }) => problem) ? 'documents' : 'identity';
          set({ picked: documents, known: identity, place: { kind: place } });
        }),
      handOver: (id, pin) =>
        run(async () => {
          set({ interruption: undefined });
          await api.transactions.handOver(pin === undefined ? { id } : { id, pin });
          set({ station: await api.station.view() });
        }),
      act: (call) => run(() => call(api)),
      changeLanguage: (language) =>
        run(async () => {
          set({ station: await api.preferences.change({ language }) });
          await changeLanguage(language);
        }),
      changeTheme: (theme) =>
        run(async () => {
          const changed = await api.preferences.change({ theme });
          applyTheme(changed.theme, changed.accent);
          set({ station: changed });
        }),
    };
  });
  api.transactions.onChanged((view) =>
    store.setState(({ transactions = [] }) => ({ transactions: inserted(transactions, view) })),
  );
  api.transactions.onInterrupted((interruption) => store.setState({ interruption }));
  api.transactions.onProgress((progress) => store.setState({ progress }));
  return store;
}

export const DeskContext = createContext<DeskStore | undefined>(undefined);

export function useDesk<T>(select: (state: DeskState) => T): T {
  const store = useContext(DeskContext);
  if (!store) throw new Error('no desk above this component');
  return useStore(store, select);
}
