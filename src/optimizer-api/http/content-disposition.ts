import { shownText } from '../../base/untrusted-text.ts';

/** Inline, with a name that comes from outside: for old readers in ASCII, for others in full (RFC 6266 §4.3). */
export function contentDisposition(filename: string): string {
  const name = shownText(filename);
  const fallback = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return `inline; filename="${fallback}"; filename*=UTF-8''${extendedValue(name)}`;
}

/** `attr-char` of RFC 8187 §3.2.1 is less than what a URI may hold: a quotation mark would end the language. */
const extendedValue = (text: string): string =>
  encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
