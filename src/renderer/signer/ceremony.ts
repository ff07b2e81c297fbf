import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { type OssError, toOssError } from '../../contract/errors.ts';
import type { CeremonyView } from '../../contract/ipc/ceremony.ts';
import type { SignerApi } from '../../contract/ipc/index.ts';
import type { WorkProgress } from '../../contract/ipc/progress.ts';
import type { Language } from '../../contract/model/languages.ts';
import { changeLanguage } from '../i18n/start.ts';

export interface CeremonyState {
  readonly view: CeremonyView;
  readonly progress: WorkProgress | undefined;
  readonly working: boolean;
  /** So long that the person may want to end it. */
  readonly workingLong: boolean;
  readonly error: OssError | undefined;
  /** One thing at a time; its failure stays until the next. @returns whether it succeeded */
  act(call: (api: SignerApi['ceremony']) => Promise<unknown>): Promise<boolean>;
  /** The last simulated SMS, where this window may show it. */
  readSms(): Promise<string | undefined>;
  /** Waits no longer for the code that is being asked for. */
  stopWaiting(): void;
  /** A page was on the screen: told to main without getting in the way of anything else. */
  pageShown(document: string, page: number): void;
  changeLanguage(language: Language): Promise<void>;
}

/** Waiting that is longer is offered to be ended. */
const LONG_MS = 5000;

export type CeremonyStore = StoreApi<CeremonyState>;

/** The signer's side: shows what main says is the step, and tells main what the person did. */
export function createCeremony({ ceremony }: SignerApi, view: CeremonyView): CeremonyStore {
  const store = createStore<CeremonyState>()((set, get) => ({
    view,
    progress: undefined,
    working: false,
    workingLong: false,
    error: undefined,
    async act(call) {
      if (get().working) return false;
      set({ working: true, error: undefined });
      const long = setTimeout(() => set({ workingLong: true }), LONG_MS);
      const error = await call(ceremony).then(() => undefined, toOssError);
      clearTimeout(long);
      set({ working: false, workingLong: false, progress: undefined, error });
      return error === undefined;
    },
    readSms: async () => (await ceremony.simulatedSms().catch(() => undefined))?.text,
    stopWaiting() {
      ceremony.stopWaiting().catch((thrown: unknown) => set({ error: toOssError(thrown) }));
    },
    pageShown(document, page) {
      const shown = get().view.documents.find(({ id }) => id === document)?.pagesShown;
      if (shown?.includes(page)) return;
      ceremony.pageShown({ document, page }).catch((thrown: unknown) => set({ error: toOssError(thrown) }));
    },
    async changeLanguage(language) {
      await get().act((api) => api.setLanguage({ language }));
      await changeLanguage(language);
    },
  }));
  ceremony.onChanged((changed) => store.setState({ view: changed }));
  ceremony.onProgress((progress) => store.setState({ progress }));
  return store;
}

export const CeremonyContext = createContext<CeremonyStore | undefined>(undefined);

export function useCeremony<T>(select: (state: CeremonyState) => T): T {
  const store = useContext(CeremonyContext);
  if (!store) throw new Error('no ceremony above this component');
  return useStore(store, select);
}
