import { duplicateMember } from '../../contract/json-duplicates.ts';
import { faultIn } from '../../contract/json-text.ts';
import { Refusal } from './refusal.ts';

/** Heading of the refusal of a body that is not JSON; older clients look for it. */
export const INVALID_JSON = 'Invalid JSON';

/**
 * Parses a JSON body. None at all is no error: clients announce JSON and send nothing.
 * @throws Refusal 400 that points at line and column
 */
export function parseJsonBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  assertModest(text);
  const value = parsed(text);
  const twice = duplicateMember(text);
  if (twice !== undefined)
    throw invalidJson(`A name stands twice, with different values: ${placeIn(text, twice)}`);
  return value;
}

/** @param what the reason, and where */
export const invalidJson = (what: string, cause?: unknown): Refusal =>
  new Refusal(400, `Could not parse JSON body - ${what}`, { heading: INVALID_JSON, cause });

function parsed(text: string): unknown {
  try {
    // A reviver is called for every value, and builds a path to it: only where there is something for it to find.
    return /__proto__|\\u/.test(text) ? JSON.parse(text, withoutPrototype) : JSON.parse(text);
  } catch (cause) {
    throw invalidJson(describe(text, cause), cause);
  }
}

/** The richest form has a few dozen members for each of its documents. */
const MAX_VALUES = 50_000;
const MAX_DEPTH = 32;
const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * Counted before anything is made of it: a megabyte of braces or of members becomes a hundred times as much memory.
 * @throws Refusal 400
 */
function assertModest(text: string): void {
  let [depth, values] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) values += 1;
    else if (OPENING.has(code)) [depth, values] = [depth + 1, values + 1];
    else if (CLOSING.has(code)) depth -= 1;
    if (depth > MAX_DEPTH) throw new Refusal(400, `The JSON body is nested deeper than ${MAX_DEPTH} levels`);
    if (values > MAX_VALUES) throw new Refusal(400, `The JSON body has more than ${MAX_VALUES} values`);
  }
}

/** Where its closing quote stands, or the end of a text that has none. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return text.length;
    let escapes = 0;
    while (text.charCodeAt(quote - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return quote;
    from = quote + 1;
  }
}

/** A member that would change what every object is, rather than say something about this one. */
const withoutPrototype = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value);

/** `Expecting ',' delimiter: line 5 column 11 (char 205)`, in the words and counts of clients' logs. */
function describe(text: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : '';
  // Not every version of the engine says where.
  const { position } = faultIn(text);
  const reason = message.includes("Expected ','") ? "Expecting ',' delimiter" : 'Expecting value';
  return `${reason}: ${placeIn(text, position)}${otherKind(text)}`;
}

/** `line 5 column 11 (char 205)` */
export function placeIn(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1} (char ${position})`;
}

/** What it is instead, where that can be seen. */
function otherKind(text: string): string {
  if (text.startsWith('%PDF-')) return '. The body is a PDF: documents are uploaded with a call of their own';
  if (/^[\w.%+-]+=/.test(text)) return '. The body is a form: its type is application/x-www-form-urlencoded';
  if (/^--[^\r\n]+\r?\nContent-/i.test(text))
    return '. The body is a form of parts: its type is multipart/form-data';
  return '';
}
