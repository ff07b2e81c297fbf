import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { type OssError, toOssError } from '../../contract/errors.ts';
import type { CaseView } from '../../contract/ipc/cases.ts';
import type { PickedDocument } from '../../contract/ipc/documents.ts';
import type { DraftView } from '../../contract/ipc/drafts.ts';
import type { ClerkApi } from '../../contract/ipc/index.ts';
import type { WorkProgress } from '../../contract/ipc/progress.ts';
import type { StationView, Theme } from '../../contract/ipc/station.ts';
import type { Interruption, TransactionView } from '../../contract/ipc/transactions.ts';
import type { Delivery } from '../../contract/model/delivery.ts';
import type { DocumentNote } from '../../contract/model/document-notes.ts';
import type { DraftForm } from '../../contract/model/draft.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { Language } from '../../contract/model/languages.ts';
import type { Placement } from '../../contract/model/placement.ts';
import { changeLanguage } from '../i18n/start.ts';
import { applyTheme } from '../ui/theme.ts';
import { oneByOne } from './documents/one-by-one.ts';

/** What the clerk is doing: preparing for the next customer, looking at one transaction, or checking any file. */
export type Place =
  | { readonly kind: 'documents' | 'identity' | 'placement' | 'verify' }
  | { readonly kind: 'transaction' | 'case'; readonly id: string };

export interface DeskState {
  readonly api: ClerkApi;
  readonly station: StationView;
  readonly place: Place;
  readonly picked: readonly PickedDocument[];
  /** What comparing its pages with a second program's said of a picked document, by id. */
  readonly compared: Readonly<Record<string, readonly DocumentNote[]>>;
  /** The signer, as far as known; kept until the transaction exists or the next customer comes. */
  readonly identity: Identity | undefined;
  /** The form of the signer as typed so far. */
  readonly form: DraftForm | undefined;
  /** What is being prepared now, under the id by which it is kept. */
  readonly draft: string;
  /** Everything that is being prepared, newest first. */
  readonly drafts: readonly DraftView[];
  /** Why the signer's window went away the last time, until the clerk goes on. */
  readonly interruption: Interruption | undefined;
  /** Undefined until the signature service has been reached once. */
  readonly transactions: readonly TransactionView[] | undefined;
  /** Those of several signers. */
  readonly cases: readonly CaseView[];
  readonly progress: WorkProgress | undefined;
  readonly working: boolean;
  /** So long that the clerk may want to end it. */
  readonly workingLong: boolean;
  readonly error: OssError | undefined;

  refresh(): Promise<void>;
  go(place: Place): void;
  newCustomer(): Promise<void>;
  /** Keeps what is being prepared now; given by what watches drafts once it is loaded. */
  keepDraft(): Promise<void>;
  setForm(form: DraftForm): void;
  /** Waits no longer for what is being done; its outcome is not shown any more. */
  stopWaiting(): void;
  choose(): Promise<void>;
  drop(files: readonly File[]): Promise<void>;
  unlock(id: string, password: string): Promise<void>;
  /** Has the contents of every picked document looked through, one after the other. */
  examine(): Promise<void>;
  remove(id: string): Promise<void>;
  reorder(ids: readonly string[]): Promise<void>;
  identify(identity: Identity): void;
  /** @param andHandOver the screen goes to the signer at once */
  register(placementOf: (document: PickedDocument) => Placement, andHandOver: boolean): Promise<void>;
  /** The data of the next of several signers, for the same documents. */
  anotherSigner(): void;
  /** Keeps the picked documents as a case of several signers. */
  registerCase(input: Parameters<ClerkApi['cases']['create']>[0]): Promise<void>;
  /** The turn of one signer of a case begins. */
  beginSigner(id: string, signer: number, password: string | undefined): Promise<void>;
  /** A seal signs in a case, when it is its turn. */
  sealCase(id: string, signer: number, password: string | undefined): Promise<void>;
  /** Makes a transaction again with the same documents and person; the old one is cancelled. */
  startAgain(id: string): Promise<void>;
  handOver(id: string, pin: string | undefined): Promise<void>;
  act(call: (api: ClerkApi) => Promise<unknown>): Promise<void>;
  /** What became of the newest code; undefined while that cannot be learned, which stops nobody. */
  codeDelivery(id: string): Promise<Delivery | undefined>;
  changeLanguage(language: Language): Promise<void>;
  changeTheme(theme: Theme): Promise<void>;
  /** Which display signers look at. */
  changeDisplay(signerDisplay: number): Promise<void>;
  /** @throws OssError OSS_CREDENTIALS_INVALID for a wrong passphrase, OSS_RATE_LIMITED during a pause */
  openSecrets(passphrase: string): Promise<void>;
}

export type DeskStore = StoreApi<DeskState>;

const inserted = <T extends { readonly id: string; readonly createdAt: string }>(
  all: readonly T[],
  one: T,
): T[] =>
  [one, ...all.filter(({ id }) => id !== one.id)].sort((a, b) => b.createdAt.localeCompare(a.createdAt));

/** Pages are compared once a document has been looked through. */
const nextToCompare = ({ picked, compared }: DeskState): PickedDocument | undefined =>
  picked.find(({ id, problem, pages }) => !problem && pages !== undefined && !(id in compared));

async function compareInWindow(
  api: ClerkApi,
  { id, bytes, pages = 0 }: PickedDocument,
): Promise<DocumentNote[]> {
  const { comparePages } = await import('../document-view/compare-pages.ts');
  const look = (from: number, to: number) => api.documents.secondLook({ id, from, to });
  // A document that was removed meanwhile has no pages any more.
  return comparePages({ id, bytes, pages }, look).catch(() => []);
}

/** Names what is being prepared; main keeps it under this id. */
function newDraftId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `drf_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Waiting that is longer is offered to be ended. */
const LONG_MS = 5000;

/** Nothing is prepared yet. */
export const emptyDraft = () => ({
  picked: [],
  identity: undefined,
  form: undefined,
  draft: newDraftId(),
  place: { kind: 'documents' } as const,
});

const nextToExamine = ({ picked }: DeskState): string | undefined =>
  picked.find(({ examined }) => !examined)?.id;

/** The state of the clerk's window. Main owns the truth; what it announces is put in its place here. */
export function createDesk(
  api: ClerkApi,
  station: StationView,
  compare: typeof compareInWindow = compareInWindow,
): DeskStore {
  const store = createStore<DeskState>()((set, get) => {
    /** Actions that are running and that somebody waits for. */
    const waited = new Set<object>();
    const settled = { working: false, workingLong: false, progress: undefined };
    /** Runs one action at a time, keeps its failure where the screen shows it. */
    const run = async (action: () => Promise<unknown>): Promise<void> => {
      const token = {};
      waited.add(token);
      set({ working: true, error: undefined, progress: undefined });
      const long = setTimeout(() => waited.has(token) && set({ workingLong: true }), LONG_MS);
      try {
        await action();
      } catch (thrown) {
        if (waited.has(token)) set({ error: toOssError(thrown) });
      }
      clearTimeout(long);
      if (waited.delete(token)) set(settled);
    };
    const examineAll = oneByOne(
      () => nextToExamine(get()),
      async (id) => set({ picked: await api.documents.examine({ id }) }),
    );
    /** Nobody waits for it: what is picked meanwhile is examined at once, and compared afterwards. */
    const compareAll = oneByOne(
      () => nextToCompare(get()),
      async (next) => {
        const notes = await compare(api, next);
        set({ compared: { ...get().compared, [next.id]: notes } });
      },
    );
    const pick = (call: () => Promise<PickedDocument[]>) => run(async () => set({ picked: await call() }));

    return {
      api,
      station,
      ...emptyDraft(),
      compared: {},
      drafts: [],
      interruption: undefined,
      transactions: undefined,
      cases: [],
      ...settled,
      error: undefined,
      keepDraft: async () => undefined,
      setForm: (form) => set({ form }),
      stopWaiting() {
        waited.clear();
        set(settled);
        void api.transactions.stop();
      },
      refresh: () =>
        run(async () => {
          set({ transactions: await api.transactions.list() });
          set({ cases: await api.cases.list() });
        }),
      go: (place) => set({ place, error: undefined }),
      async newCustomer() {
        await run(async () => {
          await get().keepDraft();
          await api.documents.clear();
          set(emptyDraft());
        });
      },
      choose: () => pick(() => api.documents.choose()),
      drop: (files) => pick(() => api.documents.addDropped(files)),
      unlock: (id, password) => pick(() => api.documents.unlock({ id, password })),
      async examine() {
        try {
          await examineAll();
          await compareAll();
        } catch (thrown) {
          set({ error: toOssError(thrown) });
        }
      },
      remove: (id) => pick(() => api.documents.remove({ id })),
      reorder: (ids) => pick(() => api.documents.reorder({ ids: [...ids] })),
      identify: (identity) => set({ identity, place: { kind: 'placement' }, error: undefined }),
      register: (placementOf, andHandOver) =>
        run(async () => {
          const { identity, picked, draft } = get();
          if (!identity) return;
          const documents = picked.map((one) => ({ id: one.id, placement: placementOf(one) }));
          const { id } = await api.transactions.create({ documents, identity, draft });
          set({ ...emptyDraft(), place: { kind: 'transaction', id } });
          set({ drafts: await api.drafts.remove({ id: draft }) });
          if (andHandOver) await api.transactions.handOver({ id });
        }),
      anotherSigner: () =>
        set({ identity: undefined, form: undefined, place: { kind: 'identity' }, error: undefined }),
      registerCase: (input) =>
        run(async () => {
          const { draft } = get();
          const view = await api.cases.create(input);
          set(({ cases }) => ({ cases: inserted(cases, view) }));
          set({ ...emptyDraft(), place: { kind: 'case', id: view.id } });
          set({ drafts: await api.drafts.remove({ id: draft }) });
        }),
      beginSigner: (id, signer, password) =>
        run(async () => {
          const begun = await api.cases.begin({
            id,
            signer,
            ...(password === undefined ? {} : { password }),
          });
          set({ place: { kind: 'transaction', id: begun.id } });
        }),
      sealCase: (id, signer, password) =>
        run(async () => {
          const access = password === undefined ? {} : { password };
          const view = await api.cases.seal({ id, signer, ...access });
          set(({ cases }) => ({ cases: inserted(cases, view) }));
        }),
      startAgain: (id) =>
        run(async () => {
          await get().keepDraft();
          const { identity, documents } = await api.transactions.startAgain({ id });
          const place = documents.some(({ problem }) => problem) ? 'documents' : 'identity';
          set({ ...emptyDraft(), picked: documents, identity, form: identity, place: { kind: place } });
        }),
      handOver: (id, pin) =>
        run(async () => {
          set({ interruption: undefined });
          await api.transactions.handOver(pin === undefined ? { id } : { id, pin });
          set({ station: await api.station.view() });
        }),
      act: (call) => run(() => call(api)),
      codeDelivery: (id) => api.transactions.codeDelivery({ id }).catch(() => undefined),
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
      changeDisplay: (signerDisplay) =>
        run(async () => set({ station: await api.preferences.change({ signerDisplay }) })),
      async openSecrets(passphrase) {
        set({ station: await api.secrets.unlock({ passphrase }) });
        await get().refresh();
      },
    };
  });
  api.transactions.onChanged((view) =>
    store.setState(({ transactions = [] }) => ({ transactions: inserted(transactions, view) })),
  );
  api.cases.onChanged((view) => store.setState(({ cases }) => ({ cases: inserted(cases, view) })));
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
  // What could not be obtained before may be there now.
  if (!transactions && error) await refresh();
}

export const DeskContext = createContext<DeskStore | undefined>(undefined);

export function useDesk<T>(select: (state: DeskState) => T): T {
  const store = useContext(DeskContext);
  if (!store) throw new Error('no desk above this component');
  return useStore(store, select);
}
