/** Replaces the strings of a value by their decrypted form; the bytes it was read from stay as they are. */
import type { PdfDictionary, PdfItem, PdfReference, PdfValue } from '../syntax/values.ts';
import { entryOf, nameOf } from '../syntax/values.ts';
import type { ObjectCipher } from './encryption/object-cipher.ts';

export function decryptStrings(value: PdfValue, owner: PdfReference, cipher: ObjectCipher): PdfValue {
  const inItem = (item: PdfItem): PdfItem => ({ ...item, value: decryptStrings(item.value, owner, cipher) });
  switch (value.kind) {
    case 'string':
      return { kind: 'string', bytes: cipher.decryptString(owner, value.bytes) };
    case 'array':
      return { kind: 'array', items: value.items.map(inItem) };
    case 'dictionary':
      return decryptDictionary(value, inItem);
    case 'stream':
      return { ...value, dictionary: decryptDictionary(value.dictionary, inItem) };
    default:
      return value;
  }
}

function decryptDictionary(dictionary: PdfDictionary, inItem: (item: PdfItem) => PdfItem): PdfDictionary {
  const plainContents = isSignature(dictionary);
  const entries = new Map<string, PdfItem>();
  for (const [key, item] of dictionary.entries) {
    entries.set(key, plainContents && key === 'Contents' ? item : inItem(item));
  }
  return { ...dictionary, entries };
}

/** /Contents of a signature is never encrypted (ISO 32000-2 §7.6.2). */
function isSignature(dictionary: PdfDictionary): boolean {
  const type = nameOf(entryOf(dictionary, 'Type'));
  return type === 'Sig' || type === 'DocTimeStamp' || dictionary.entries.has('ByteRange');
}
