/** The identifier in the trailer of a file (ISO 32000-2 §14.4). */
import { type Syntax, writeArray, writeHexString } from './writer.ts';

const LENGTH = 16;

/**
 * The first half names the document, the second this version of it.
 * @param first of the document until now. The key of an encrypted one depends on it (§7.6.4.3), so that one without
 *   it keeps an empty one
 */
export function writeFileIdentifier(
  first: Syntax | undefined,
  isEncrypted: boolean,
  randomBytes: (size: number) => Uint8Array,
): Syntax {
  const changed = writeHexString(randomBytes(LENGTH));
  const unnamed = isEncrypted ? writeHexString(new Uint8Array(0)) : changed;
  return writeArray([first ?? unnamed, changed]);
}
