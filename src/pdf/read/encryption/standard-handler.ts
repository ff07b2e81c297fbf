/** The standard security handler: from the encryption dictionary and a password to a cipher (ISO 32000-2 §7.6). */
import { createDecipheriv } from 'node:crypto';
import { OssError } from '../../../contract/errors.ts';
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  integerOf,
  nameOf,
  type PdfDictionary,
} from '../../syntax/values.ts';
import { deriveFileKey, type KeyParameters } from './file-key.ts';
import { type CipherMethod, ObjectCipher } from './object-cipher.ts';

export interface Encryption {
  readonly version: number;
  readonly revision: number;
  readonly cipher: ObjectCipher;
  /** The first half of /ID, of which the key was made; empty where the file has none. */
  readonly firstId: Uint8Array;
  /** Opened with the owner password: no permission restricts (§7.6.4.1). */
  readonly isOwner: boolean;
  /** The bits of /P (table 22). */
  readonly permissions: number;
  readonly encryptMetadata: boolean;
  /** Opens for nobody without a password. */
  readonly needsPassword: boolean;
}

const unsupported = (reason: string): OssError => new OssError('OSS_PDF_ENCRYPTION_UNSUPPORTED', { reason });

/**
 * `dictionary` must hold direct values.
 * @throws OSS_PDF_ENCRYPTION_UNSUPPORTED, and OSS_PDF_PASSWORD_NEEDED where `password` opens nothing.
 */
export function openStandardEncryption(
  dictionary: PdfDictionary,
  firstId: Uint8Array,
  password: string,
): Encryption {
  if (nameOf(entryOf(dictionary, 'Filter')) !== 'Standard') throw unsupported('not password-based');
  const version = integerOf(entryOf(dictionary, 'V')) ?? 0;
  const revision = integerOf(entryOf(dictionary, 'R')) ?? 0;
  const known = version === 5 ? revision === 5 || revision === 6 : revision >= 2 && revision <= 4;
  if (![1, 2, 4, 5].includes(version) || !known)
    throw unsupported(`version ${version}, revision ${revision}`);
  const parameters: KeyParameters = {
    revision,
    keyLength: keyLength(dictionary, version),
    ownerEntry: bytesOf(dictionary, 'O', revision >= 5 ? 48 : 32),
    userEntry: bytesOf(dictionary, 'U', revision >= 5 ? 48 : 32),
    ownerKeyEntry: bytesOf(dictionary, 'OE', revision >= 5 ? 32 : 0),
    userKeyEntry: bytesOf(dictionary, 'UE', revision >= 5 ? 32 : 0),
    permissions: (integerOf(entryOf(dictionary, 'P')) ?? 0) | 0,
    firstId,
    encryptMetadata: encryptsMetadata(dictionary),
  };
  // A password may be meant for another file of the same transaction: what opens for everybody opens all the same.
  const withoutPassword = deriveFileKey(parameters, '');
  const fileKey = (password === '' ? undefined : deriveFileKey(parameters, password)) ?? withoutPassword;
  if (!fileKey) throw new OssError('OSS_PDF_PASSWORD_NEEDED');
  if (revision === 6) checkPermsEntry(dictionary, fileKey.key, parameters.permissions);
  const { permissions, encryptMetadata } = parameters;
  const cipher = new ObjectCipher(fileKey.key, cipherMethods(dictionary, version));
  const needsPassword = withoutPassword === undefined;
  return {
    ...{ version, revision, cipher, firstId, isOwner: fileKey.isOwner, permissions, encryptMetadata },
    needsPassword,
  };
}

function encryptsMetadata(dictionary: PdfDictionary): boolean {
  const value = entryOf(dictionary, 'EncryptMetadata');
  return value.kind !== 'boolean' || value.value;
}

function keyLength(dictionary: PdfDictionary, version: number): number {
  if (version === 1) return 5;
  if (version === 4) return 16;
  if (version === 5) return 32;
  const bits = integerOf(entryOf(dictionary, 'Length')) ?? 40;
  if (bits < 40 || bits > 128 || bits % 8 !== 0) throw unsupported('key length');
  return bits / 8;
}

function bytesOf(dictionary: PdfDictionary, key: string, minimum: number): Uint8Array {
  const value = entryOf(dictionary, key);
  const bytes = value.kind === 'string' ? value.bytes : new Uint8Array(0);
  if (bytes.length < minimum) throw unsupported(`/${key} of the encryption dictionary`);
  return bytes;
}

/** Crypt filters for strings and streams (§7.6.6); before version 4 everything is RC4. */
function cipherMethods(
  dictionary: PdfDictionary,
  version: number,
): { strings: CipherMethod; streams: CipherMethod } {
  if (version < 4) return { strings: 'V2', streams: 'V2' };
  return {
    strings: filterMethod(dictionary, version, nameOf(entryOf(dictionary, 'StrF')) ?? 'Identity'),
    streams: filterMethod(dictionary, version, nameOf(entryOf(dictionary, 'StmF')) ?? 'Identity'),
  };
}

function filterMethod(dictionary: PdfDictionary, version: number, name: string): CipherMethod {
  if (name === 'Identity') return 'Identity';
  const filters = dictionaryOf(entryOf(dictionary, 'CF')) ?? EMPTY_DICTIONARY;
  const method = nameOf(entryOf(dictionaryOf(entryOf(filters, name)) ?? EMPTY_DICTIONARY, 'CFM')) ?? 'None';
  // Version 5 has keys of 256 bits, which only AESV3 can use (table 20); programs disagree on any other name.
  if (version === 5 ? method === 'AESV3' : method === 'V2' || method === 'AESV2')
    return method as CipherMethod;
  throw unsupported('crypt filter');
}

/** /Perms repeats /P under the file key, so that nobody can widen the permissions unnoticed (algorithm 13). */
function checkPermsEntry(dictionary: PdfDictionary, key: Uint8Array, permissions: number): void {
  const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const perms = decipher.update(bytesOf(dictionary, 'Perms', 16).subarray(0, 16));
  if (perms.toString('latin1', 9, 12) !== 'adb' || perms.readInt32LE(0) !== permissions) {
    throw new OssError('OSS_PDF_MALFORMED', { reason: 'the permissions were altered' });
  }
}
