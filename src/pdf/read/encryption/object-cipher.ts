/** Encrypts and decrypts the strings and streams of one document (ISO 32000-2 §7.6.3). */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { OssError } from '../../../contract/errors.ts';
import type { PdfReference } from '../../syntax/values.ts';
import { rc4 } from './rc4.ts';

/** Crypt filter methods (table 25); `Identity` and `None` leave data as they are. */
export type CipherMethod = 'Identity' | 'V2' | 'AESV2' | 'AESV3';
export type RandomBytes = (size: number) => Uint8Array;

const BLOCK = 16;
const AES_SALT = Buffer.from('sAlT', 'latin1');

export class ObjectCipher {
  readonly #fileKey: Uint8Array;
  readonly #stringMethod: CipherMethod;
  readonly #streamMethod: CipherMethod;

  constructor(fileKey: Uint8Array, methods: { strings: CipherMethod; streams: CipherMethod }) {
    this.#fileKey = fileKey;
    this.#stringMethod = methods.strings;
    this.#streamMethod = methods.streams;
  }

  decryptString(owner: PdfReference, data: Uint8Array): Uint8Array {
    return this.#decrypt(this.#stringMethod, owner, data);
  }

  decryptStream(owner: PdfReference, data: Uint8Array): Uint8Array {
    return this.#decrypt(this.#streamMethod, owner, data);
  }

  encryptString(owner: PdfReference, data: Uint8Array, randomBytes: RandomBytes): Uint8Array {
    return this.#encrypt(this.#stringMethod, owner, data, randomBytes);
  }

  encryptStream(owner: PdfReference, data: Uint8Array, randomBytes: RandomBytes): Uint8Array {
    return this.#encrypt(this.#streamMethod, owner, data, randomBytes);
  }

  #encrypt(
    method: CipherMethod,
    owner: PdfReference,
    data: Uint8Array,
    randomBytes: RandomBytes,
  ): Uint8Array {
    if (method === 'Identity') return data;
    const key = this.#objectKey(method, owner);
    if (method === 'V2') return rc4(key, data);
    const iv = randomBytes(BLOCK);
    const cipher = createCipheriv(method === 'AESV2' ? 'aes-128-cbc' : 'aes-256-cbc', key, iv);
    return Buffer.concat([iv, cipher.update(data), cipher.final()]);
  }

  #decrypt(method: CipherMethod, owner: PdfReference, data: Uint8Array): Uint8Array {
    if (method === 'Identity') return data;
    const key = this.#objectKey(method, owner);
    if (method === 'V2') return rc4(key, data);
    if (data.length < 2 * BLOCK) return new Uint8Array(0);
    const algorithm = method === 'AESV2' ? 'aes-128-cbc' : 'aes-256-cbc';
    const decipher = createDecipheriv(algorithm, key, data.subarray(0, BLOCK));
    try {
      return Buffer.concat([decipher.update(data.subarray(BLOCK)), decipher.final()]);
    } catch (cause) {
      throw new OssError('OSS_PDF_MALFORMED', { reason: 'encrypted data are damaged' }, { cause });
    }
  }

  /** Algorithm 1: up to AES-128 each object has a key of its own; AES-256 uses the file's (algorithm 1.A). */
  #objectKey(method: CipherMethod, owner: PdfReference): Uint8Array {
    if (method === 'AESV3') return this.#fileKey;
    const suffix = Buffer.alloc(5);
    suffix.writeUIntLE(owner.number & 0xff_ff_ff, 0, 3);
    suffix.writeUInt16LE(owner.generation, 3);
    const hash = createHash('md5').update(this.#fileKey).update(suffix);
    if (method === 'AESV2') hash.update(AES_SALT);
    return hash.digest().subarray(0, Math.min(BLOCK, this.#fileKey.length + 5));
  }
}
