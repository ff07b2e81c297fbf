import { create } from 'zustand';
import type { PickedDocument } from '../../../contract/ipc/documents.ts';
import { useDesk } from '../desk.ts';

interface Selection {
  readonly id: string | undefined;
  select(id: string): void;
}

const useSelection = create<Selection>()((set) => ({ id: undefined, select: (id) => set({ id }) }));

/** The picked document that is looked at: the chosen one, else the first that can be shown. */
export function usePickedSelection(): { selected: PickedDocument | undefined; select: (id: string) => void } {
  const { id, select } = useSelection();
  const showable = useDesk((desk) => desk.picked).filter(({ problem }) => !problem);
  return { selected: showable.find((document) => document.id === id) ?? showable[0], select };
}
