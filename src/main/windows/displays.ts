import { type BrowserWindow, type Display, screen } from 'electron';

/** The display that the signer looks at: any that is not the clerk's. Undefined: there is one display only. */
export function displayOfSigner({ window }: { readonly window: BrowserWindow }): Display | undefined {
  const clerks = screen.getDisplayMatching(window.getBounds());
  return screen.getAllDisplays().find(({ id }) => id !== clerks.id);
}
