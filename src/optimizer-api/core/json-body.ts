import { Refusal } from './refusal.ts';

/** Heading of the refusal of a body that is not JSON; older clients look for it. */
export const INVALID_JSON = 'Invalid JSON';

/**
 * Parses a JSON body. None at all is no error: clients announce JSON and send nothing.
 * @throws Refusal 400 that points at line and column
 */
export function parseJsonBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text, withoutPrototype);
  } catch (cause) {
    throw new Refusal(400, `Could not parse JSON body - ${describe(text, cause)}`, {
      heading: INVALID_JSON,
      cause,
    });
  }
}

/** A member that would change what every object is, rather than say something about this one. */
const withoutPrototype = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value);

/** `Expecting ',' delimiter: line 5 column 11 (char 205)`, in the words and counts of clients' logs. */
function describe(text: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : '';
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, position).split('\n');
  const reason = message.includes("Expected ','") ? "Expecting ',' delimiter" : 'Expecting value';
  return `${reason}: line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1} (char ${position})`;
}
