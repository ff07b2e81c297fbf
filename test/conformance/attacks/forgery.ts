/** Universal signature forgery: the signature is there, but nothing in it can be checked; the document is another one. */
import type { Attack } from './attack.ts';
import { overwritten } from './pdf-text.ts';

const family = 'Signature forgery (USF)';

export const FORGERY: readonly Attack[] = [
  usf('no-range', 'no /ByteRange', (text) => text.replace('/ByteRange', '/ByteRangf')),
  usf('range-null', '/ByteRange null', (text) => withRange(text, 'null')),
  usf('range-empty', 'an empty /ByteRange', (text) => withRange(text, '[]')),
  usf('range-zero', '/ByteRange [0 0 0 0]', (text) => withRange(text, '[0 0 0 0]')),
  usf('range-negative', 'negative numbers in /ByteRange', (text) => withRange(text, '[0 -1 -1 -1]')),
  usf('range-beyond', 'a /ByteRange beyond the end of the file', (text) =>
    withRange(text, '[0 10 20 99999999]'),
  ),
  usf('range-names', 'a /ByteRange that is not of numbers', (text) => withRange(text, '[/a /b /c /d]')),
  usf('no-contents', 'no /Contents', (text) => text.replace('/Contents', '/Contentz')),
  usf('contents-null', '/Contents null', (text) => withContents(text, 'null')),
  usf('contents-empty', 'an empty /Contents', (text) => withContents(text, '<>')),
  usf('contents-zero', '/Contents of one zero byte', (text) => withContents(text, '<00>')),
  usf('contents-number', 'a /Contents that is no string', (text) => withContents(text, '0')),
];

function usf(name: string, what: string, spoil: (dictionary: string) => string): Attack {
  return {
    family,
    name: `usf-${name}`,
    what: `the document altered in place, and ${what}`,
    expected: 'invalid',
    make: ({ signed }) => {
      const altered = overwritten(signed, 'Pay 100 EUR to Alice', 'Pay 900 EUR to Bob');
      const start = altered.lastIndexOf('/ByteRange');
      const end = altered.indexOf('>', start) + 1;
      const text = altered.toString('latin1', start, end);
      return overwritten(altered, text, spoil(text));
    },
  };
}

const withRange = (text: string, range: string): string =>
  text.replace(/\[.*?\]/, (old) => range.padEnd(old.length));
const withContents = (text: string, contents: string): string =>
  text.replace(/<[0-9A-Fa-f]*>/, (old) => contents.padEnd(old.length));
