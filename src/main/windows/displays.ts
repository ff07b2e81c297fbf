import { type BrowserWindow, type Display, screen } from 'electron';
import type { DisplayView } from '../../contract/ipc/station.ts';

interface ClerksPlace {
  readonly window: BrowserWindow;
}

/** The displays that a signer may look at: all but the clerk's. */
export function displaysOfSigners({ window }: ClerksPlace): Display[] {
  const clerks = screen.getDisplayMatching(window.getBounds());
  return screen.getAllDisplays().filter(({ id }) => id !== clerks.id);
}

/**
 * The display that the signer looks at: the chosen one, as long as it is there, else any that is not the clerk's.
 * Undefined: there is one display only.
 */
export function displayOfSigner(clerk: ClerksPlace, chosen?: number): Display | undefined {
  const others = displaysOfSigners(clerk);
  return others.find(({ id }) => id === chosen) ?? others[0];
}

/** Each display's number as it is shown on it, counted from 1 in the order of the system. */
export const numberedDisplays = (): { readonly display: Display; readonly number: number }[] =>
  screen.getAllDisplays().map((display, index) => ({ display, number: index + 1 }));

/** What the clerk chooses among. */
export function signerDisplayViews(clerk: ClerksPlace): DisplayView[] {
  const others = new Set(displaysOfSigners(clerk).map(({ id }) => id));
  return numberedDisplays()
    .filter(({ display }) => others.has(display.id))
    .map(({ display: { id, bounds }, number }) => ({
      id,
      number,
      width: bounds.width,
      height: bounds.height,
    }));
}
