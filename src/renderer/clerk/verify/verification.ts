import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { type OssError, toOssError } from '../../../contract/errors.ts';
import type { ClerkApi } from '../../../contract/ipc/index.ts';
import type {
  DrawnVersionsView,
  FileToVerify,
  VerificationView,
} from '../../../contract/ipc/verification.ts';

/** A page of one signature, looked at in both versions. */
export interface ComparedPage {
  readonly field: string;
  readonly page: number;
  /** Undefined while it is drawn. */
  readonly drawn: DrawnVersionsView | undefined;
}

export interface VerificationState {
  readonly file: FileToVerify | undefined;
  readonly status: 'waiting' | 'checking' | 'checked' | 'failed';
  readonly result: VerificationView | undefined;
  readonly error: OssError | undefined;
  readonly progress: { readonly read: number; readonly expected: number } | undefined;
  /** A password was tried for this file. */
  readonly passwordTried: boolean;

  readonly compared: ComparedPage | undefined;

  choose(): Promise<void>;
  drop(files: readonly File[]): Promise<void>;
  openResult(id: string, index: number): Promise<void>;
  check(password?: string): Promise<void>;
  stop(): Promise<void>;
  compare(field: string, page: number): Promise<void>;
  endComparison(): void;
}

const FRESH = Object.freeze({
  status: 'waiting',
  file: undefined,
  result: undefined,
  error: undefined,
  progress: undefined,
  passwordTried: false,
  compared: undefined,
} as const);

/** The state of the view that checks any file; it outlives a look at something else. */
export function createVerification(api: ClerkApi): StoreApi<VerificationState> {
  const { verification } = api;
  const store = createStore<VerificationState>()((set, get) => {
    const open = async (opening: Promise<FileToVerify | null>): Promise<void> => {
      try {
        const file = await opening;
        if (!file) return;
        set({ ...FRESH, file });
        await get().check();
      } catch (thrown) {
        set({ ...FRESH, status: 'failed', error: toOssError(thrown) });
      }
    };
    return {
      ...FRESH,
      choose: () => open(verification.choose()),
      drop: (files) => open(verification.addDropped(files.slice(0, 1))),
      openResult: (id, index) => open(verification.openResult({ id, index })),
      async check(password) {
        const { file } = get();
        if (!file) return;
        const passwordTried = password !== undefined;
        set({
          status: 'checking',
          result: undefined,
          error: undefined,
          progress: undefined,
          passwordTried,
          compared: undefined,
        });
        // Another file may have been opened meanwhile: what is found out about this one is no longer wanted.
        const isWanted = () => get().file?.id === file.id;
        try {
          const result = await verification.verify(
            passwordTried ? { id: file.id, password } : { id: file.id },
          );
          if (isWanted()) set({ status: 'checked', result });
        } catch (thrown) {
          if (isWanted()) set({ status: 'failed', error: toOssError(thrown) });
        }
      },
      stop: () => verification.cancel(),
      async compare(field, page) {
        const { file } = get();
        if (!file) return;
        set({ compared: { field, page, drawn: undefined } });
        const drawn = await verification
          .drawVersions({ id: file.id, field, page })
          .catch(() => ({ signed: null, now: null }));
        const { compared } = get();
        if (compared?.field === field && compared.page === page) set({ compared: { field, page, drawn } });
      },
      endComparison: () => set({ compared: undefined }),
    };
  });
  verification.onProgress((progress) => store.setState({ progress }));
  return store;
}

export const VerificationContext = createContext<StoreApi<VerificationState> | undefined>(undefined);

export function useVerification<T>(select: (state: VerificationState) => T): T {
  const store = useContext(VerificationContext);
  if (!store) throw new Error('no verification above this component');
  return useStore(store, select);
}
