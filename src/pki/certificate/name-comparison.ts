/**
 * When two distinguished names are the same (RFC 5280 §7.1): attribute by attribute, strings without regard to their
 * encoding, to case, and to how many spaces stand where there is one.
 */
import { equalBytes, toHex } from '../der/bytes.ts';
import { DerReader, readOnly } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { decodeDirectoryString } from './distinguished-name.ts';

const known = new WeakMap<Uint8Array, readonly string[]>();

/** One string for each relative name, most general first; equal exactly where the relative names are. DER Name. */
export function relativeNameKeys(name: Uint8Array): readonly string[] {
  const before = known.get(name);
  if (before) return before;
  const keys = new DerReader(readOnly(name, TAG.sequence).content).map((relativeName) =>
    JSON.stringify(relativeName.set().map(attributeKey).sort()),
  );
  known.set(name, keys);
  return keys;
}

/** Equal exactly where the names are. */
export const nameKey = (name: Uint8Array): string => relativeNameKeys(name).join();

/** DER Names, or anything else that stands in the place of one. */
export const isSameName = (left: Uint8Array, right: Uint8Array): boolean =>
  equalBytes(left, right) || nameKey(left) === nameKey(right);

function attributeKey(reader: DerReader): string {
  const fields = reader.sequence();
  const type = fields.oid();
  const { tag, content, bytes } = fields.element();
  const text = decodeDirectoryString(tag, content);
  return JSON.stringify([type, text === undefined ? `#${toHex(bytes)}` : prepared(text)]);
}

/** RFC 4518 in short: compatibility forms, no case, spaces as one. */
const prepared = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/gu, '')
    .toLowerCase()
    .trim()
    .replaceAll(/\s+/gu, ' ');
