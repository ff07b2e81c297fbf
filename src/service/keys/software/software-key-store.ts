/** Keys as encrypted PKCS#8 files: PBES2 with PBKDF2 and AES-256 (RFC 8018 §6.2), which openssl pkcs8 reads too. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listIfPresent, readIfPresent, writeFileDurably } from '../../../base/durable-file.ts';
import { OssError } from '../../../contract/errors.ts';
import type { KeyAlgorithm } from '../../../contract/model/key-algorithm.ts';
import type { Signer } from '../../../pki/index.ts';
import { generatePrivateKey, signerOf } from '../generate-key-pair.ts';
import type { KeyStore } from '../port.ts';

const SUFFIX = '.key.pem';
const LABEL = /^[a-z0-9-]{1,64}$/;

export class SoftwareKeyStore implements KeyStore {
  readonly #directory: string;
  readonly #passphrase: string;

  /**
   * `passphrase` must have the strength of a random key (it is derived from the master secret), because PBKDF2 adds
   * only what OpenSSL's iteration count gives.
   */
  constructor(directory: string, passphrase: string) {
    this.#directory = directory;
    this.#passphrase = passphrase;
  }

  async create(label: string, algorithm: KeyAlgorithm): Promise<Signer> {
    await this.#assertFree(label);
    return this.#store(label, await generatePrivateKey(algorithm));
  }

  async adopt(label: string, privateKey: KeyObject): Promise<Signer> {
    await this.#assertFree(label);
    return this.#store(label, privateKey);
  }

  async load(label: string): Promise<Signer | undefined> {
    const pem = await readIfPresent(this.#path(label));
    if (pem === undefined) return undefined;
    try {
      return signerOf(createPrivateKey({ key: pem, passphrase: this.#passphrase }));
    } catch (cause) {
      const reason = `key ${label} cannot be opened with this master secret`;
      throw new OssError('OSS_CONFIG_INVALID', { reason }, { cause });
    }
  }

  async list(): Promise<readonly string[]> {
    const names = await listIfPresent(this.#directory);
    return names
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length))
      .sort();
  }

  async #assertFree(label: string): Promise<void> {
    if ((await readIfPresent(this.#path(label))) !== undefined) {
      throw new OssError('OSS_CONFIG_INVALID', { reason: `key ${label} exists already` });
    }
  }

  async #store(label: string, privateKey: KeyObject): Promise<Signer> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    await writeFileDurably(this.#path(label), this.#encrypt(privateKey));
    return signerOf(privateKey);
  }

  #encrypt(privateKey: KeyObject): string | Buffer {
    return privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: this.#passphrase,
    });
  }

  #path(label: string): string {
    if (!LABEL.test(label)) throw new OssError('OSS_CONFIG_INVALID', { reason: 'label of a key' });
    return join(this.#directory, `${label}${SUFFIX}`);
  }
}
