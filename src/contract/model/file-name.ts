import { z } from 'zod';

/** Devices of Windows, whatever follows the first dot; the superscript digits count too. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;
/** Separators, drives and streams (`:`), wildcards, and what no file system shows. */
const FORBIDDEN = /[\p{Cc}\p{Cs}<>:"/\\|?*]/u;
/** Invisible characters that turn or hide parts of a name. */
const DECEIVING = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const MAX_BYTES = 200;

/**
 * Whether a name is one file of one folder, on every system: it leads nowhere else, names no device, no stream of
 * another file, and Windows does not change it silently (spaces and dots at its end). Folders are shares.
 */
export const isPlainFileName = (name: string): boolean =>
  name !== '' &&
  !name.startsWith('.') &&
  !/[. ]$/.test(name) &&
  !FORBIDDEN.test(name) &&
  !DECEIVING.test(name) &&
  !DEVICE.test(name) &&
  new TextEncoder().encode(name).length <= MAX_BYTES;

export const plainFileName = z
  .string()
  .refine(isPlainFileName, 'The name of a file in the same folder, without any path or device.');
