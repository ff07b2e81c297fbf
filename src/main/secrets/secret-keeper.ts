import { access } from 'node:fs/promises';
import { backoff } from '../../base/backoff.ts';
import type { HashCost } from '../../base/secret-hash.ts';
import { OssError } from '../../contract/errors.ts';
import type { GateView } from '../../contract/ipc/admin/gate.ts';
import { GUESSING } from '../security/guessing.ts';
import { openPassphraseFile } from './passphrase-file.adapter.ts';
import type { SecretStore } from './port.ts';
import { NO_TRIES } from './tries.ts';

export interface SecretKeeperOptions {
  /** Looked for at the first need. Undefined where the system has none that keeps what it is given. */
  readonly keychain: () => Promise<SecretStore | undefined>;
  /** The file that takes its place. */
  readonly path: string;
  readonly now?: () => number;
  /** Of the file's key; less in tests. */
  readonly cost?: HashCost;
}

/** Where secrets are, whichever way this computer has: the keychain, or a file that waits for its passphrase. */
export class SecretKeeper {
  readonly #options: SecretKeeperOptions;
  readonly #now: () => number;
  #keychain: Promise<SecretStore | undefined> | undefined;
  #opened: SecretStore | undefined;
  #wrong = 0;
  #nextTryAt = 0;

  constructor(options: SecretKeeperOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async state(): Promise<GateView['secrets']> {
    if (await this.#findKeychain()) return 'keychain';
    if (this.#opened) return 'open';
    return (await exists(this.#options.path)) ? 'locked' : 'new';
  }

  /** The store, or undefined while it is locked or does not exist yet. */
  async available(): Promise<SecretStore | undefined> {
    return (await this.#findKeychain()) ?? this.#opened;
  }

  /** @throws OssError OSS_SECRETS_LOCKED */
  async store(): Promise<SecretStore> {
    const store = await this.available();
    if (!store) throw new OssError('OSS_SECRETS_LOCKED');
    return store;
  }

  /** Makes the file. @throws OssError OSS_FORBIDDEN where there is one already, or a keychain */
  async choosePassphrase(passphrase: string): Promise<void> {
    if ((await this.state()) !== 'new') throw new OssError('OSS_FORBIDDEN');
    const store = await openPassphraseFile(this.#options.path, passphrase, this.#options.cost);
    // A first secret makes the file exist: from now on this passphrase opens it, and no other.
    await store.write('admin-tries', NO_TRIES);
    this.#opened = store;
  }

  /** @throws OssError OSS_CREDENTIALS_INVALID for a wrong passphrase, OSS_RATE_LIMITED during a pause */
  async unlock(passphrase: string): Promise<void> {
    if ((await this.state()) !== 'locked') return;
    const seconds = Math.ceil((this.#nextTryAt - this.#now()) / 1000);
    if (seconds > 0) throw new OssError('OSS_RATE_LIMITED', { seconds });
    this.#wrong += 1;
    this.#nextTryAt = this.#now() + backoff(GUESSING, this.#wrong);
    this.#opened = await openPassphraseFile(this.#options.path, passphrase, this.#options.cost);
    this.#wrong = 0;
    this.#nextTryAt = 0;
  }

  #findKeychain(): Promise<SecretStore | undefined> {
    this.#keychain ??= this.#options.keychain();
    return this.#keychain;
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
