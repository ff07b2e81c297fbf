/** File encryption keys of the standard security handler (ISO 32000-2 §7.6.4, ISO 32000-1 §7.6.3). */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { rc4 } from './rc4.ts';

/** The entries of the encryption dictionary that the derivation needs. */
export interface KeyParameters {
  readonly revision: number;
  /** Bytes. */
  readonly keyLength: number;
  readonly ownerEntry: Uint8Array;
  readonly userEntry: Uint8Array;
  readonly ownerKeyEntry: Uint8Array;
  readonly userKeyEntry: Uint8Array;
  readonly permissions: number;
  readonly firstId: Uint8Array;
  readonly encryptMetadata: boolean;
}

export interface FileKey {
  readonly key: Uint8Array;
  readonly isOwner: boolean;
}

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const ZERO_IV = Buffer.alloc(16);

const md5 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Tries the password as the user's, then as the owner's; undefined where it is neither. */
export function deriveFileKey(parameters: KeyParameters, password: string): FileKey | undefined {
  return parameters.revision >= 5 ? deriveAes256(parameters, password) : deriveLegacy(parameters, password);
}

function deriveLegacy(parameters: KeyParameters, password: string): FileKey | undefined {
  const padded = padPassword(Buffer.from(password, 'latin1'));
  const asUser = legacyUserKey(parameters, padded);
  if (asUser) return { key: asUser, isOwner: false };
  const asOwner = legacyUserKey(parameters, padPassword(userPasswordOfOwner(parameters, padded)));
  return asOwner && { key: asOwner, isOwner: true };
}

const padPassword = (password: Uint8Array): Uint8Array => Buffer.concat([password, PADDING]).subarray(0, 32);

/** Algorithm 2, checked with algorithm 6. */
function legacyUserKey(parameters: KeyParameters, padded: Uint8Array): Uint8Array | undefined {
  const { revision, keyLength, userEntry } = parameters;
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(parameters.permissions);
  const noMetadata =
    revision >= 4 && !parameters.encryptMetadata ? Buffer.from('ffffffff', 'hex') : Buffer.alloc(0);
  let digest = md5(
    padded,
    parameters.ownerEntry.subarray(0, 32),
    permissions,
    parameters.firstId,
    noMetadata,
  );
  const rounds = revision >= 3 ? 50 : 0;
  for (let round = 0; round < rounds; round += 1) digest = md5(digest.subarray(0, keyLength));
  const key = digest.subarray(0, keyLength);
  const expected =
    revision === 2 ? rc4(key, PADDING) : rc4Rounds(key, md5(PADDING, parameters.firstId), ascending);
  return Buffer.compare(expected, userEntry.subarray(0, expected.length)) === 0 ? key : undefined;
}

const ascending = Array.from({ length: 20 }, (_, round) => round);

function rc4Rounds(key: Uint8Array, data: Uint8Array, rounds: readonly number[]): Uint8Array {
  return rounds.reduce(
    (result, round) =>
      rc4(
        key.map((byte) => byte ^ round),
        result,
      ),
    data,
  );
}

/** Algorithm 7: the user password that the owner password protects. */
function userPasswordOfOwner(parameters: KeyParameters, padded: Uint8Array): Uint8Array {
  const { revision, keyLength, ownerEntry } = parameters;
  let digest = md5(padded);
  const rounds = revision >= 3 ? 50 : 0;
  for (let round = 0; round < rounds; round += 1) digest = md5(digest.subarray(0, keyLength));
  const key = digest.subarray(0, keyLength);
  const entry = ownerEntry.subarray(0, 32);
  return revision === 2 ? rc4(key, entry) : rc4Rounds(key, entry, ascending.toReversed());
}

/** Algorithm 2.A: entries are 32 bytes of hash, 8 of validation salt, 8 of key salt. */
function deriveAes256(parameters: KeyParameters, password: string): FileKey | undefined {
  const bytes = Buffer.from(password.normalize('NFKC'), 'utf8').subarray(0, 127);
  const { revision, ownerEntry, userEntry, ownerKeyEntry, userKeyEntry } = parameters;
  const user = userEntry.subarray(0, 48);
  const none = new Uint8Array(0);
  const attempts = [
    { entry: user, wrapped: userKeyEntry, extra: none, isOwner: false },
    { entry: ownerEntry.subarray(0, 48), wrapped: ownerKeyEntry, extra: user, isOwner: true },
  ];
  for (const { entry, wrapped, extra, isOwner } of attempts) {
    const hash = passwordHash(revision, bytes, entry.subarray(32, 40), extra);
    if (Buffer.compare(hash, entry.subarray(0, 32)) !== 0) continue;
    const decipher = createDecipheriv(
      'aes-256-cbc',
      passwordHash(revision, bytes, entry.subarray(40, 48), extra),
      ZERO_IV,
    ).setAutoPadding(false);
    return { key: decipher.update(wrapped.subarray(0, 32)), isOwner };
  }
  return undefined;
}

/** Algorithm 2.B; revision 5 stops after the first hash. */
function passwordHash(
  revision: number,
  password: Uint8Array,
  salt: Uint8Array,
  user: Uint8Array,
): Uint8Array {
  let key: Buffer = createHash('sha256').update(password).update(salt).update(user).digest();
  if (revision === 5) return key;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const block = Buffer.concat([password, key, user]);
    const repeated = Buffer.concat(Array.from({ length: 64 }, () => block));
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(
      false,
    );
    const encrypted = cipher.update(repeated);
    const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    const algorithm = remainder === 0 ? 'sha256' : remainder === 1 ? 'sha384' : 'sha512';
    key = createHash(algorithm).update(encrypted).digest();
    last = encrypted.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}
