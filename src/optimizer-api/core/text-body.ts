import { invalidJson, parseJsonBody, placeIn } from './json-body.ts';
import { Refusal } from './refusal.ts';

const URLENCODED = /^application\/x-www-form-urlencoded\b/i;

/**
 * A body that is no form of parts, by what it is rather than by what it is called: JSON that came as a form is JSON.
 * Any name of an encoding is taken; what is no text in it is refused with its place rather than read as something else.
 * @throws Refusal 400, 415
 */
export function parseTextBody(bytes: Uint8Array, contentType: string): unknown {
  // Its bytes are no text, which is not what is wrong with it.
  if (Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(5, bytes.length)).toString('latin1') === '%PDF-')
    return parseJsonBody('%PDF-');
  const text = decoded(bytes, charsetOf(contentType));
  return URLENCODED.test(contentType) && !/^\s*[{[]/.test(text) ? parseUrlencoded(text) : parseJsonBody(text);
}

const charsetOf = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];

function decoded(bytes: Uint8Array, charset: string | undefined): string {
  const encoding = markOf(bytes) ?? charset ?? 'utf-8';
  const decoder = decoderOf(encoding);
  try {
    // The decoder takes a byte order mark away.
    return decoder.decode(bytes);
  } catch (cause) {
    const text = new TextDecoder(encoding).decode(bytes);
    const what = `Not ${decoder.encoding.toUpperCase()} text: ${placeIn(text, text.indexOf('\ufffd'))}`;
    throw invalidJson(what, cause);
  }
}

function decoderOf(encoding: string) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw new Refusal(415, `The charset of the body is not known: ${encoding.slice(0, 40)}`, { cause });
  }
}

/** A mark says what the bytes are, whatever is announced; zeros among the first two bytes do so too (RFC 4627 §3). */
function markOf([first = 1, second = 1, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return undefined;
}

function parseUrlencoded(text: string): Record<string, string> {
  const fields = new FormFields();
  for (const [name, value] of new URLSearchParams(text)) fields.add(name, value);
  return fields.values;
}

/** The fields of a form: no name twice with different values, and text alone. */
export class FormFields {
  readonly values: Record<string, string> = Object.create(null);

  /** @throws Refusal 400 naming the field */
  add(name: string, value: string): void {
    const known = this.values[name];
    if (known !== undefined && known !== value) {
      throw new Refusal(400, `The field ${quoted(name)} stands twice, with different values`);
    }
    if (value.includes('\ufffd') || name.includes('\ufffd')) {
      throw new Refusal(400, `The field ${quoted(name)} is not UTF-8 text`);
    }
    this.values[name] = value;
  }
}

const quoted = (name: string): string => `'${name.slice(0, 64)}'`;
