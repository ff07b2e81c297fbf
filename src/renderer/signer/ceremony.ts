import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { type OssError, toOssError } from '../../contract/errors.ts';
import type { CeremonyView } from '../../contract/ipc/ceremony.ts';
import type { SignerApi } from '../../contract/ipc/index.ts';
import type { WorkProgress } from '../../contract/ipc/progress.ts';
import type { Language } from '../../contract/model/language.ts';
import { changeLanguage } from '../i18n/start.ts';

export interface CeremonyState {
  readonly view: CeremonyView;
  readonly progress: WorkProgress | undefined;
  readonly working: boolean;
  readonly error: OssError | undefined;
  /** One thing at a time; its failure stays until the next. @returns whether it succeeded */
  act(call: (api: SignerApi['ceremony']) => Promise<unknown>): Promise<boolean>;
  /** A page was on the screen: told to main without getting in the way of anything else. */
  pageShown(document: string, page: number): void;
  /** A page cannot be drawn: told in the same way. */
  pageFailed(document: string, page: number): void;
  changeLanguage(language: Language): Promise<void>;
}

export type CeremonyStore = StoreApi<CeremonyState>;

/** The signer's side: shows what main says is the step, and tells main what the person did. */
export function createCeremony({ ceremony }: SignerApi, view: CeremonyView): CeremonyStore {
  const store = createStore<CeremonyState>()((set, get) => ({
    view,
    progress: undefined,
    working: false,
    error: undefined,
    async act(call) {
      if (get().working) return false;
      set({ working: true, error: undefined });
      const error = await call(ceremony).then(() => undefined, toOssError);
      set({ working: false, progress: undefined, error });
      return error === undefined;
    },
    pageShown(document, page) {
      const shown = get().view.documents.find(({ id }) => id === document)?.pagesShown;
      if (shown?.includes(page)) return;
      ceremony.pageShown({ document, page }).catch((thrown: unknown) => set({ error: toOssError(thrown) }));
    },
    pageFailed(document, page) {
      ceremony
        .pageNotDrawn({ document, page })
        .catch((thrown: unknown) => set({ error: toOssError(thrown) }));
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
