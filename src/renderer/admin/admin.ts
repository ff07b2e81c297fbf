import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type english from '../../../resources/locales/en/admin.json';
import { type OssError, toOssError } from '../../contract/errors.ts';
import type { GateView } from '../../contract/ipc/admin/gate.ts';
import type { AdminView } from '../../contract/ipc/admin/settings.ts';
import type { AdminApi } from '../../contract/ipc/index.ts';
import type { StationView } from '../../contract/ipc/station.ts';
import { changeLanguage } from '../i18n/start.ts';
import { applyTheme } from '../ui/theme.ts';

/** By the texts that name them; each has its screen in area.tsx. */
export type Section = keyof (typeof english)['section'];

export interface AdminState {
  readonly station: StationView;
  readonly gate: GateView;
  /** Present while somebody is signed in. */
  readonly view: AdminView | undefined;
  readonly section: Section;
  readonly working: boolean;
  readonly error: OssError | undefined;
  /** What the last act led to, in words: announced, and gone with the next act. */
  readonly done: string | undefined;
  /** Seconds until the area is left, while that is announced. */
  readonly ending: number | undefined;

  go(section: Section): void;
  pass(call: (api: AdminApi) => Promise<GateView>): Promise<void>;
  /** Runs one act. @returns its response, or undefined when it failed; the failure is on the screen then */
  act<T>(call: (api: AdminApi) => Promise<T>, done?: string): Promise<T | undefined>;
  /** An act that answers the settings as they are then. @returns whether it succeeded */
  save(call: (api: AdminApi) => Promise<AdminView>, done: string): Promise<boolean>;
  active(): void;
}

export type AdminStore = StoreApi<AdminState>;

/** The state of the administrator's window. Main owns the truth, the session included. */
export function createAdmin(api: AdminApi, station: StationView, gate: GateView): AdminStore {
  const store = createStore<AdminState>()((set, get) => {
    const run = async <T>(action: () => Promise<T>): Promise<T | undefined> => {
      set({ working: true, error: undefined, done: undefined });
      try {
        return await action();
      } catch (thrown) {
        const error = toOssError(thrown);
        if (error.code === 'OSS_ADMIN_LOCKED') set({ gate: await api.gate.view(), view: undefined });
        set({ error });
        return undefined;
      } finally {
        set({ working: false });
      }
    };
    const enter = async (entered: GateView) => {
      const view = entered.signedIn ? await api.settings.view() : undefined;
      set({ gate: entered, view, ending: undefined });
    };
    return {
      station,
      gate,
      view: undefined,
      section: 'service',
      working: false,
      error: undefined,
      done: undefined,
      ending: undefined,

      go: (section) => set({ section, error: undefined, done: undefined }),
      async pass(call) {
        await run(async () => enter(await call(api)));
      },
      act: (call, done) =>
        run(async () => {
          const result = await call(api);
          set({ done });
          return result;
        }),
      async save(call, done) {
        const view = await get().act(call, done);
        if (view) set({ view });
        return view !== undefined;
      },
      active: () => void api.gate.active(),
    };
  });
  follow(api, store);
  return store;
}

/** What main announces. */
function follow(api: AdminApi, store: AdminStore): void {
  api.gate.onChanged((gate) =>
    store.setState({ gate, view: undefined, ending: undefined, error: undefined }),
  );
  api.gate.onEnding(({ seconds }) => store.setState({ ending: seconds === 0 ? undefined : seconds }));
  api.settings.onChanged((view) => {
    if (store.getState().gate.signedIn) store.setState({ view });
  });
  api.station.onChanged((station) => {
    const { language } = store.getState().station;
    applyTheme(station.theme, station.accent, 'admin');
    store.setState({ station });
    if (language !== station.language) void changeLanguage(station.language);
  });
}

export const AdminContext = createContext<AdminStore | undefined>(undefined);

export function useAdmin<T>(select: (state: AdminState) => T): T {
  const store = useContext(AdminContext);
  if (!store) throw new Error('no administration above this component');
  return useStore(store, select);
}

/** The settings as main last said they are; sections are on the screen only while there are any. */
export function useSettings(): AdminView {
  const view = useAdmin((admin) => admin.view);
  if (!view) throw new Error('a section is shown to nobody who is not signed in');
  return view;
}
