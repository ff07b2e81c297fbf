import type { Display } from 'electron';

export type DisplayPlace = Pick<Display, 'id' | 'bounds'>;

/** The display that the signer looks at: any that is not the clerk's. Undefined: there is one display only. */
export function signerDisplay<D extends DisplayPlace>(displays: readonly D[], clerks: D): D | undefined {
  return displays.find((display) => display.id !== clerks.id);
}
