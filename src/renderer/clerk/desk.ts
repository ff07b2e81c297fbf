import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { type OssError, toOssError } from '../../contract/errors.ts';
import type { PickedDocument } from '../../contract/ipc/documents.ts';
import type { ClerkApi } from '../../contract/ipc/index.ts';
import type { WorkProgress } from '../../contract/ipc/progress.ts';
import type { StationView, Theme } from '../../contract/ipc/station.ts';
import type { Interruption, TransactionView } from '../../contract/ipc/transactions.ts';
import type { DocumentNote } from '../../contract/model/document-notes.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { Language } from '../../contract/model/language.ts';
import type { Placement } from '../../contract/model/placement.ts';
import { changeLanguage } from '../i18n/start.ts';
import { applyTheme } from '../ui/theme.ts';

/** What the clerk is doing: preparing for the next customer, looking at one transaction, or checking any file. */
export type Place =
  | { readonly kind: 'documents' | 'identity' | 'placement' | 'verify' }
  | { readonly kind: 'transaction'; readonly id: string };

export interface DeskState {
  readonly api: ClerkApi;
  readonly station: StationView;
  readonly place: Place;
  readonly picked: readonly PickedDocument[];
  /** What comparing its pages with a second program's said of a picked document, by id. */
  readonly compared: Readonly<Record<string, readonly DocumentNote[]>>;
  /** The signer, as far as known; kept until the transaction exists or the next customer comes. */
  readonly identity: Identity | undefined;
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
  unlock(id: string, password: string): Promise<void>;
  /** Has the contents of every picked document looked through, one after the other. */
  examine(): Promise<void>;
  remove(id: string): Promise<void>;
  reorder(ids: readonly string[]): Promise<void>;
  identify(identity: Identity): void;
  register(placementOf: (document: PickedDocument) => Placement): Promise<void>;
  /** Makes a transaction anew with the same documents and person; the old one is cancelled. */
  startAgain(id: string): Promise<void>;
  handOver(id: string, pin: string | undefined): Promise<void>;
  act(call: (api: ClerkApi) => Promise<unknown>): Promise<void>;
  changeLanguage(language: Language): Promise<void>;
  changeTheme(theme: Theme): Promise<void>;
  /** @throws OssError OSS_CREDENTIALS_INVALID for a wrong passphrase, OSS_RATE_LIMITED during a pause */
  openSecrets(passphrase: string): Promise<void>;
}

export type DeskStore = StoreApi<DeskState>;

const inserted = (all: readonly TransactionView[], one: TransactionView): TransactionView[] =>
  [one, ...all.filter(({ id }) => id !== one.id)].sort((a, b) => b.createdAt.localeCompare(a.createdAt));

/** Pages are compared once a document has been looked through. */
const nextToCompare = ({ picked, compared }: DeskState): PickedDocument | undefined =>
  picked.find(({ id, problem, pages }) => !problem && pages !== undefined && !(id in compared));

async function compare(api: ClerkApi, { id, bytes, pages = 0 }: PickedDocument): Promise<DocumentNote[]> {
  const { comparePages } = await import('../document-view/compare-pages.ts');
  const look = (from: number, to: number) => api.documents.secondLook({ id, from, to });
  // A document that was removed meanwhile has no pages any more.
  return comparePages({ id, bytes, pages }, look).catch(() => []);
}

const nextToExamine = ({ picked }: DeskState): string | undefined =>
  picked.find(({ examined }) => !examined)?.id;

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
    let isExamining = false;
    const pick = (call: () => Promise<PickedDocument[]>) => run(async () => set({ picked: await call() }));

    return {
      api,
      station,
      place: { kind: 'documents' },
      picked: [],
      compared: {},
      identity: undefined,
      interruption: undefined,
      transactions: undefined,
      progress: undefined,
      working: false,
      error: undefined,

      refresh: () => run(async () => set({ transactions: await api.transactions.list() })),
      go: (place) => set({ place, error: undefined }),
      async newCustomer() {
        await run(() => api.documents.clear());
        set({ picked: [], compared: {}, identity: undefined, place: { kind: 'documents' } });
      },
      choose: () => pick(() => api.documents.choose()),
      drop: (files) => pick(() => api.documents.addDropped(files)),
      unlock: (id, password) => pick(() => api.documents.unlock({ id, password })),
      async examine() {
        if (isExamining) return;
        isExamining = true;
        try {
          for (let id = nextToExamine(get()); id !== undefined; id = nextToExamine(get()))
            set({ picked: await api.documents.examine({ id }) });
          for (let next = nextToCompare(get()); next !== undefined; next = nextToCompare(get())) {
            const notes = await compare(api, next);
            set({ compared: { ...get().compared, [next.id]: notes } });
          }
        } catch (thrown) {
          set({ error: toOssError(thrown) });
        } finally {
          isExamining = false;
        }
      },
      remove: (id) => pick(() => api.documents.remove({ id })),
      reorder: (ids) => pick(() => api.documents.reorder({ ids: [...ids] })),
      identify: (identity) => set({ identity, place: { kind: 'placement' }, error: undefined }),
      register: (placementOf) =>
        run(async () => {
          const { identity, picked } = get();
          if (!identity) return;
          const documents = picked.map((one) => ({ id: one.id, placement: placementOf(one) }));
          const { id } = await api.transactions.create({ documents, identity });
          set({ picked: [], compared: {}, identity: undefined, place: { kind: 'transaction', id } });
        }),
      startAgain: (id) =>
        run(async () => {
          const { identity, documents } = await api.transactions.startAgain({ id });
          const place = documents.some(({ problem }) => problem) ? 'documents' : 'identity';
          set({ picked: documents, identity, place: { kind: place } });
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
          applyTheme(changed.theme, changed.accent, 'clerk');
          set({ station: changed });
        }),
      async openSecrets(passphrase) {
        set({ station: await api.secrets.unlock({ passphrase }) });
        await get().refresh();
      },
    };
  });
  api.transactions.onChanged((view) =>
    store.setState(({ transactions = [] }) => ({ transactions: inserted(transactions, view) })),
  );
  api.station.onChanged((changed) => void followStation(store, changed));
  api.transactions.onInterrupted((interruption) => store.setState({ interruption }));
  api.transactions.onProgress((progress) => store.setState({ progress }));
  return store;
}

/** The administrator changed what the windows show, or whom the station works with. */
async function followStation(store: DeskStore, changed: StationView): Promise<void> {
  const { station, error, transactions, refresh } = store.getState();
  applyTheme(changed.theme, changed.accent, 'clerk');
  store.setState({ station: changed });
  if (station.language !== changed.language) await changeLanguage(changed.language);
  // What could not be had before may be there now.
  if (!transactions && error) await refresh();
}

export const DeskContext = createContext<DeskStore | undefined>(undefined);

export function useDesk<T>(select: (state: DeskState) => T): T {
  const store = useContext(DeskContext);
  if (!store) throw new Error('no desk above this component');
  return useStore(store, select);
}
