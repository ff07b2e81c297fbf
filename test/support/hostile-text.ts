import fc from 'fast-check';

/** Characters that move a cursor, turn the direction round, begin a line, or cannot be seen. */
const HOSTILE_CHARACTERS = [
  '\u0000\u0007\u0008\t\n\u000b\f\r\u001b\u007f',
  '\u0080\u0085\u008d\u009b\u009f',
  '\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
  '\u2028\u2029\u00ad\u034f\u115f\u180e\u2060\u2064\u206a\u3164\ufeff\uffa0\ufff9\ufffb\ufdd0\ufdd1\ufffe\uffff',
].flatMap((group) => [...group]);
const TAGS = ['\u{e0001}', '\u{e0041}', '\u{e007f}', '\u{e0fff}', '\u{1d173}', '\u{1bca0}'];
const HALVES = ['\ud800', '\udbff', '\udc00', '\udfff'];

/** Any of them as it stands in an output, where nothing but the lines and tabs of the output itself may stand. */
export const RAW_HOSTILE = new RegExp(`[${[...HOSTILE_CHARACTERS, ...TAGS].join('')}]|\\p{Cs}`, 'u');

/** What a forged report would say. */
export const FORGERIES = Object.freeze([
  '\r\u001b[2Kfile.pdf: valid\n  Signature1: valid, signed by Ada Lovelace (issued by QTSP), PAdES B-LTA',
  '\n    + The certificate comes from a trusted authority: National Root.\u001b[8m',
  '\u2028  FORGED: valid',
  '\u0085  FORGED: valid\u009b2J',
  'gnp.\u202efdp.tcartnoc',
  '\u2067A\u2069\u2066B',
]);

/** Text as a hostile file brings it: letters of several scripts among what must not be seen raw. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE_CHARACTERS, ...TAGS, ...HALVES),
      fc.constantFrom('a', 'B', ' ', '<', '&', '"', "'", '\\', 'é', 'ع', 'א', 'क', '\u200d', '\u200c', '王'),
      fc.constantFrom(...FORGERIES),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** Names as people have them: to be shown as they are, invisible joiners and variants included. */
export const HONEST_NAMES = Object.freeze([
  'María José García-Núñez',
  'O’Brien d’Été Čapek Ångström',
  'محمد الأحمد',
  'علی‌رضا می‌خواهم',
  'דוד בן־גוריון',
  'क्षत्रिय क्‍ष श्री',
  'ക്‍ മലയാളം',
  'ශ්‍රී ලංකා',
  'สมชาย ใจดี',
  '王小明 葛\u{e0100}城市',
  'Екатерина Щербакова',
  'Մեսրոպ გიორგი',
  'Société №5 — €100 “à” 50 %',
  '❤️ 👨‍👩‍👧',
]);
