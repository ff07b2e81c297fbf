/** A name that an object has twice (RFC 8259 §4 leaves open what that means). */

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

interface Open {
  /** Undefined for an array. */
  readonly members: Map<string, string> | undefined;
  /** Name of the member that is being read, and where name and value begin. */
  name: string | undefined;
  nameAt: number;
  valueAt: number;
}

/**
 * Where a name stands the second time, with another value than before: nobody can say which one is meant. The same
 * value again does no harm.
 * @param text JSON, as `JSON.parse` takes it
 * @returns position of the second name in the text; undefined where there is none
 */
export function duplicateMember(text: string): number | undefined {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const inner = open.at(-1);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (inner?.members && inner.name === undefined) {
        // Escapes are ways of writing: "\u0061" is the name a.
        inner.name = JSON.parse(text.slice(at, end + 1)) as string;
        inner.nameAt = at;
      }
      at = end;
    } else if (code === COLON && inner) inner.valueAt = at + 1;
    else if (code === COMMA) {
      if (inner && isContradicted(inner, text, at)) return inner.nameAt;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      const members = code === OPEN_OBJECT ? new Map<string, string>() : undefined;
      open.push({ members, name: undefined, nameAt: 0, valueAt: 0 });
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      if (inner && isContradicted(inner, text, at)) return inner.nameAt;
      open.pop();
    }
  }
  return undefined;
}

/** Ends the member that is being read. */
function isContradicted(object: Open, text: string, end: number): boolean {
  const { members, name, valueAt } = object;
  if (!members || name === undefined) return false;
  object.name = undefined;
  const value = text.slice(valueAt, end).trim();
  const before = members.get(name);
  members.set(name, value);
  return before !== undefined && before !== value;
}

/** Where the closing quote stands. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
