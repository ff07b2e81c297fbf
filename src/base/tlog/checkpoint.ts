/** Heads of a log as text: C2SP signed-note with Ed25519, C2SP tlog-checkpoint. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { TreeHead } from './merkle-tree.ts';

const ED25519 = 1;
const KEY_ID_BYTES = 4;
/** RFC 8410 §7 and §4: what stands before the 32 bytes. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export interface LogKey {
  readonly origin: string;
  readonly publicKey: KeyObject;
}
export interface LogSigner extends LogKey {
  readonly privateKey: KeyObject;
}

/** @param seed 32 bytes */
export function logSigner(origin: string, seed: Uint8Array): LogSigner {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { origin, privateKey, publicKey: createPublicKey(privateKey) };
}

const rawKey = ({ publicKey }: LogKey): Buffer =>
  publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length);

const keyId = (origin: string, raw: Uint8Array): Buffer =>
  createHash('sha256')
    .update(`${origin}\n`)
    .update(Uint8Array.of(ED25519))
    .update(raw)
    .digest()
    .subarray(0, KEY_ID_BYTES);

/** `origin+hash+key`: what a verifier is given. */
export function verifierKey(key: LogKey): string {
  const raw = rawKey(key);
  const encoded = Buffer.concat([Uint8Array.of(ED25519), raw]).toString('base64');
  return `${key.origin}+${keyId(key.origin, raw).toString('hex')}+${encoded}`;
}

/** Undefined for a text that is no verifier key of Ed25519. */
export function parseVerifierKey(text: string): LogKey | undefined {
  const [, origin = '', id, encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 33 || bytes[0] !== ED25519) return undefined;
  const raw = bytes.subarray(1);
  if (keyId(origin, raw).toString('hex') !== id) return undefined;
  const spki = Buffer.concat([SPKI_PREFIX, raw]);
  return { origin, publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
}

/** The signed text of a head. */
export function signCheckpoint({ size, root }: TreeHead, signer: LogSigner): string {
  const text = `${signer.origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  const blob = Buffer.concat([keyId(signer.origin, rawKey(signer)), signature]).toString('base64');
  return `${text}\n— ${signer.origin} ${blob}\n`;
}

/** The head that a note states, if the key has signed it; undefined otherwise. */
export function openCheckpoint(note: string, key: LogKey): TreeHead | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) return undefined;
  const text = note.slice(0, end + 1);
  const id = keyId(key.origin, rawKey(key));
  const isSigned = note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      const [, name, encoded = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const blob = Buffer.from(encoded, 'base64');
      if (name !== key.origin || !blob.subarray(0, KEY_ID_BYTES).equals(id)) return false;
      return verify(null, Buffer.from(text), key.publicKey, blob.subarray(KEY_ID_BYTES));
    });
  const [origin, size = '', encodedRoot = ''] = text.split('\n');
  const root = Buffer.from(encodedRoot, 'base64');
  // A size has one spelling, and one that a number holds exactly.
  const isSize = /^(0|[1-9][0-9]{0,14})$/.test(size);
  if (!isSigned || origin !== key.origin || !isSize || root.length !== 32) return undefined;
  return { size: Number(size), root };
}
