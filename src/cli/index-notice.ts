import { Terminal } from './terminal.ts';

/** Says of a damaged index that it is kept and made again: nothing is lost with it. */
export const indexNotice =
  (directory: string, terminal = new Terminal(false)) =>
  (name: string): void =>
    terminal.warn(`${directory}: ${name} was damaged; it is kept as ${name}.damaged and made again.`);
