import { createHash } from 'node:crypto';
import { OssError } from '../../../contract/errors.ts';
import { KEY_KINDS, type KeyAlgorithm } from '../../../contract/model/key-algorithm.ts';
import { type Signer, schemeOfKey } from '../../../pki/index.ts';
import type { KeyStore } from '../port.ts';
import type { SingleUseKey } from '../single-use-key.ts';
import { ecdsaDer } from './ecdsa-der.ts';
import type { Attestation, ObjectName, PublicPart } from './protocol.ts';
import type { TokenClient } from './token-client.ts';
import { TokenLost, TokenRefused } from './token-faults.ts';

const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest();

/** Keys in a PKCS#11 token, which they never leave. A label is the CKA_LABEL unless the configuration says otherwise. */
export class Pkcs11KeyStore implements KeyStore {
  readonly #client: TokenClient;
  readonly #objects: ReadonlyMap<string, ObjectName>;

  /** @param objects where a key is called otherwise than by its label */
  constructor(client: TokenClient, objects: ReadonlyMap<string, ObjectName>) {
    this.#client = client;
    this.#objects = objects;
  }

  async create(label: string, algorithm: KeyAlgorithm): Promise<Signer> {
    if (this.#objects.has(label)) throw refused(`key ${label} is one of the token already: keys.objects`);
    const part = await translated(this.#client.call('create', { label, algorithm }));
    return this.#signer(label, part);
  }

  async load(label: string): Promise<Signer | undefined> {
    const part = await translated(this.#client.call('find', { name: this.#nameOf(label) }));
    return part && this.#signer(label, part);
  }

  async list(): Promise<readonly string[]> {
    const labels = await translated(this.#client.call('list', {}));
    return [...new Set([...labels, ...this.#objects.keys()])].sort();
  }

  async attest(label: string): Promise<Attestation> {
    return translated(this.#client.call('attest', { name: this.#nameOf(label) }));
  }

  /**
   * A pair of the token's own as session objects, sensitive and not extractable: what TS 119 431-1 SIG-6.3.1-08 asks of
   * a device. It is gone with `destroy`, with its session, and with the process.
   */
  async generateSingleUse(algorithm: KeyAlgorithm): Promise<SingleUseKey> {
    const { handle, spki, algorithm: made } = await translated(this.#client.call('generate', { algorithm }));
    const { generation } = this.#client;
    let isDestroyed = false;
    return {
      scheme: schemeOfKey(spki),
      publicKeySpki: spki,
      get destroyed() {
        return isDestroyed;
      },
      sign: async (data) => {
        if (isDestroyed) throw new OssError('OSS_INTERNAL', { reason: 'single-use key already destroyed' });
        // The next process counts its handles from the beginning.
        if (generation !== this.#client.generation) throw new OssError('OSS_KEYS_UNAVAILABLE');
        const raw = await translated(this.#client.call('signOnce', { handle, digest: sha256(data) }));
        return signatureValue(made, raw);
      },
      destroy: () => {
        if (isDestroyed) return;
        isDestroyed = true;
        // With a process that has ended the key has ended too.
        if (generation === this.#client.generation)
          this.#client.call('destroy', { handle }).catch(() => undefined);
      },
    };
  }

  /** The process that owns the token now; undefined before the first call. */
  get pid(): number | undefined {
    return this.#client.pid;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #signer(label: string, { algorithm, spki }: PublicPart): Signer {
    const name = this.#nameOf(label);
    const signDigest = async (digest: Uint8Array): Promise<Uint8Array> =>
      signatureValue(algorithm, await translated(this.#client.call('sign', { name, digest })));
    return {
      scheme: schemeOfKey(spki),
      publicKeySpki: spki,
      sign: (data) => signDigest(sha256(data)),
      signDigest,
    };
  }

  #nameOf(label: string): ObjectName {
    return this.#objects.get(label) ?? { label, id: undefined };
  }
}

/** The signature value as certificates and CMS have it. */
const signatureValue = (algorithm: KeyAlgorithm, raw: Uint8Array): Uint8Array =>
  KEY_KINDS[algorithm].family === 'ec' ? ecdsaDer(raw) : raw;

const refused = (reason: string): OssError => new OssError('OSS_CONFIG_INVALID', { reason });

async function translated<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (cause instanceof TokenLost)
      throw new OssError('OSS_KEYS_UNAVAILABLE', { reason: cause.message }, { cause });
    if (cause instanceof TokenRefused) {
      throw new OssError('OSS_CONFIG_INVALID', { reason: `keys: ${cause.message}` }, { cause });
    }
    throw cause;
  }
}
