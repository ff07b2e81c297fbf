import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the system hands to the station: files to be signed, or a link that leads to a place of the clerk's window. */
export type Arrival =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'new' | 'check' }
  | { readonly kind: 'transaction'; readonly id: string };

export const MOST_FILES = 100;
/** As long as a path may be at a call of a window, too. */
const LONGEST = 4096;
const MOST_ARGUMENTS = 1000;

const LINK = /^oneshot:/i;
const PLACE = /^oneshot:(?:\/\/)?(new|check)\/?$/i;
const TRANSACTION = /^oneshot:(?:\/\/)?transaction\/(tx_[0-9a-z]{16,40})\/?$/;
/** Windows' names of devices and of paths that it does not normalise. */
const DEVICE = /^[\\/]{2}[.?][\\/]/;

/**
 * Where a link leads. It carries nothing but the name of a place: no file, no value, nothing that is done by itself.
 * @returns undefined for a link that leads nowhere
 */
export function readLink(link: string): Arrival | undefined {
  const place = PLACE.exec(link)?.[1]?.toLowerCase();
  if (place === 'new' || place === 'check') return { kind: place };
  const id = TRANSACTION.exec(link)?.[1];
  return id === undefined ? undefined : { kind: 'transaction', id };
}

/**
 * What stands behind the name of the program, written by the system or by anybody: the PDF files among it, or a link.
 * Beside a link nothing else counts, because what a page wrote into the link may have become an argument of its own.
 * @param given as the system has it; what is no text is passed over
 * @param folder from which a relative path starts
 */
export function readCommandLine(
  given: readonly unknown[],
  folder: string,
  windows = process.platform === 'win32',
): Arrival | undefined {
  const texts = given.slice(0, MOST_ARGUMENTS).filter(isReadable);
  const link = texts.find((text) => LINK.test(text));
  if (link !== undefined) return readLink(link);
  const paths = texts.flatMap((text) => pathOf(text, folder, windows) ?? []);
  return filesOf(paths);
}

/** @returns undefined without any */
export function filesOf(paths: readonly string[]): Arrival | undefined {
  const taken = [...new Set(paths)].slice(0, MOST_FILES);
  return taken.length === 0 ? undefined : { kind: 'files', paths: taken };
}

const isReadable = (argument: unknown): argument is string =>
  typeof argument === 'string' &&
  argument.length > 0 &&
  argument.length <= LONGEST &&
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no name that a person sees has any
  !/[\u0000-\u001f\u007f]/.test(argument);

function pathOf(argument: string, folder: string, windows: boolean): string | undefined {
  // A switch: the system's, or Chromium's own.
  if (argument.startsWith('-')) return undefined;
  const { resolve, extname } = windows ? win32 : posix;
  const named = /^file:/i.test(argument) ? pathOfAddress(argument, windows) : argument;
  if (named === undefined || DEVICE.test(named) || extname(named).toLowerCase() !== '.pdf') return undefined;
  return resolve(folder, named);
}

function pathOfAddress(address: string, windows: boolean): string | undefined {
  try {
    return fileURLToPath(address, { windows });
  } catch {
    return undefined;
  }
}
