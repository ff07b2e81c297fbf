/** PKCS#11 URIs (RFC 7512), as far as they name a token, the file of its PIN, and an object in it. */

export interface Pkcs11Uri {
  /** Attributes of the token, all of which must be as given. */
  readonly token: Readonly<Partial<Record<TokenAttribute, string>>>;
  /** CKA_LABEL. */
  readonly object: string | undefined;
  /** CKA_ID, in hexadecimal. */
  readonly id: string | undefined;
  /** Path of the file that holds the PIN. */
  readonly pinFile: string | undefined;
}

const TOKEN_ATTRIBUTES = {
  token: 'label',
  manufacturer: 'manufacturerID',
  model: 'model',
  serial: 'serialNumber',
} as const;
export type TokenAttribute = (typeof TOKEN_ATTRIBUTES)[keyof typeof TOKEN_ATTRIBUTES];

/** @throws RangeError saying what is wrong; a PIN inside the URI is refused, because configurations are no secret */
export function parsePkcs11Uri(text: string): Pkcs11Uri {
  const match = /^pkcs11:([^?#]*)(?:\?([^#]*))?$/.exec(text);
  if (match === null) throw new RangeError('not a PKCS#11 URI');
  const path = attributes(match[1] ?? '', ';');
  const query = attributes(match[2] ?? '', '&');
  if (query.has('pin-value')) throw new RangeError('pin-value: name a file by pin-source instead');
  const token: Partial<Record<TokenAttribute, string>> = {};
  let object: string | undefined;
  let id: string | undefined;
  for (const [name, value] of path) {
    if (Object.hasOwn(TOKEN_ATTRIBUTES, name)) {
      token[TOKEN_ATTRIBUTES[name as keyof typeof TOKEN_ATTRIBUTES]] = value.toString('utf8');
    } else if (name === 'object') object = value.toString('utf8');
    else if (name === 'id') id = value.toString('hex');
    else if (name !== 'type') throw new RangeError(`${name}: not supported here`);
  }
  return { token, object, id, pinFile: pinFileIn(query.get('pin-source')?.toString('utf8')) };
}

function pinFileIn(source: string | undefined): string | undefined {
  if (source === undefined) return undefined;
  if (source.startsWith('|')) throw new RangeError('pin-source: only a file, no program');
  const path = source.replace(/^file:(\/\/(localhost)?(?=\/))?/, '');
  if (!path.startsWith('/')) throw new RangeError('pin-source: an absolute path of a file');
  return path;
}

function attributes(text: string, separator: string): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const part of text.split(separator).filter((entry) => entry !== '')) {
    const [, name, value] = /^([a-z0-9-]+)=(.*)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) throw new RangeError(`${part.split('=')[0]}: no value`);
    // §2.3: an attribute stands once.
    if (found.has(name)) throw new RangeError(`${name}: twice`);
    found.set(name, decode(value));
  }
  return found;
}

/** Octets, because CKA_ID is no text. */
function decode(value: string): Buffer {
  if (/%(?![0-9A-Fa-f]{2})/.test(value)) throw new RangeError('a % that is followed by no two digits');
  const parts = value
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((part) =>
      /^%[0-9A-Fa-f]{2}$/.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'),
    );
  return Buffer.concat(parts);
}
