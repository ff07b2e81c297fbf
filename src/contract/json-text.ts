/** JSON as people and programs save it: with a byte order mark, in UTF-16, and with the place of a mistake. */

import { duplicateMember } from './json-duplicates.ts';

/** Where a text stops being JSON: line and column count from 1, as editors do. Nothing of the text is repeated. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly line: number;
  readonly column: number;
  /** Characters before it. */
  readonly position: number;
  /** As far as it goes it is JSON: the rest may only be missing. */
  readonly isCutOff: boolean;

  constructor(what: string, text: string, at: number) {
    const before = text.slice(0, at).split(/\r\n|\r|\n/);
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    super(`line ${line}, column ${column}: ${what}`);
    this.line = line;
    this.column = column;
    this.position = at;
    this.isCutOff = at >= text.length;
  }
}

/**
 * UTF-8 or UTF-16, with or without a byte order mark: a JSON text begins with two characters of ASCII, so that zero
 * bytes among the first two tell UTF-16 and its order (RFC 4627 §3).
 * @throws JsonFault for bytes that are no text
 */
export function decodeJsonText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    // The decoder takes the mark away.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    // What is no text shows as the replacement character; at the very end it may be half of a character.
    const at = text.indexOf('\ufffd');
    throw new JsonFault(
      `not ${encoding.toUpperCase()} text`,
      text,
      at === text.length - 1 ? text.length : at,
    );
  }
}

function encodingOf([first = 1, second = 1]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

/** @throws JsonFault */
export function parseJsonText(bytes: Uint8Array): unknown {
  const text = decodeJsonText(bytes);
  const value = parsed(text);
  const twice = duplicateMember(text);
  if (twice !== undefined) throw new JsonFault('a name stands twice, with different values', text, twice);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw faultIn(text);
  }
}

const SPACE = /[ \t\n\r]*/y;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SHORT_ESCAPES: ReadonlySet<string> = new Set('"\\/bfnrt');
const HEXADECIMAL = /^[0-9a-fA-F]{4}$/;

/** From the opening quote to behind the closing one, or to what the string cannot have. */
function scanString(text: string, start: number): { readonly end: number; readonly isClosed: boolean } {
  for (let at = start + 1; ; ) {
    const character = text[at];
    if (character === '"') return { end: at + 1, isClosed: true };
    if (character === undefined || character < ' ') return { end: at, isClosed: false };
    if (character !== '\\') at += 1;
    else if (SHORT_ESCAPES.has(text[at + 1] ?? '')) at += 2;
    else if (text[at + 1] === 'u' && HEXADECIMAL.test(text.slice(at + 2, at + 6))) at += 6;
    else return { end: at, isClosed: false };
  }
}

/** What may come next: a value, a value or the end of the array, a key, …. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'end';

const WORDS: Readonly<Record<Expected, string>> = {
  value: 'a value is missing',
  valueOrEnd: 'a value or ] is missing',
  key: 'a name in double quotes is missing',
  keyOrEnd: 'a name in double quotes or } is missing',
  colon: ': is missing',
  commaOrEnd: ', or the closing bracket is missing',
  end: 'something follows the value',
};

/** Walks a text that is no JSON to the first place where it is not (RFC 8259). */
export function faultIn(text: string): JsonFault {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    const sticky = new RegExp(pattern);
    sticky.lastIndex = at;
    return sticky.exec(text)?.[0];
  };
  const afterValue = (): Expected => (open.length === 0 ? 'end' : 'commaOrEnd');
  for (;;) {
    at += match(SPACE)?.length ?? 0;
    const character = text[at] ?? '';
    const innermost = open.at(-1);
    const closing = innermost === '{' ? '}' : ']';
    const mayClose = expected === 'commaOrEnd' || expected === 'valueOrEnd' || expected === 'keyOrEnd';
    if (mayClose && character === closing) {
      open.pop();
      at += 1;
      expected = afterValue();
    } else if (expected === 'colon' && character === ':') {
      at += 1;
      expected = 'value';
    } else if (expected === 'commaOrEnd' && character === ',') {
      at += 1;
      expected = innermost === '{' ? 'key' : 'value';
    } else if (
      (expected === 'value' || expected === 'valueOrEnd') &&
      (character === '{' || character === '[')
    ) {
      open.push(character);
      at += 1;
      expected = character === '{' ? 'keyOrEnd' : 'valueOrEnd';
    } else {
      const isKey: boolean = expected === 'key' || expected === 'keyOrEnd';
      const takesValue = expected === 'value' || expected === 'valueOrEnd';
      const string = character === '"' && (isKey || takesValue) ? scanString(text, at) : undefined;
      if (string && !string.isClosed) return new JsonFault(WRONG_STRING, text, string.end);
      const plain = takesValue ? match(PLAIN)?.length : undefined;
      const end = string?.end ?? (plain === undefined ? undefined : at + plain);
      if (end === undefined) return new JsonFault(explain(text, at, expected), text, at);
      at = end;
      expected = isKey ? 'colon' : afterValue();
    }
  }
}

const WRONG_STRING = 'the text in double quotes does not end, or has a character that it cannot have';

const explain = (text: string, at: number, expected: Expected): string =>
  at >= text.length ? `it ends too early, ${WORDS[expected]}` : WORDS[expected];
