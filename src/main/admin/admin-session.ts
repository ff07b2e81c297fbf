import { SerialQueue } from '../../base/keyed-queue.ts';
import { DESK_COST, type HashCost, hashSecret, verifySecret } from '../../base/secret-hash.ts';
import { OssError } from '../../contract/errors.ts';
import type { GateView } from '../../contract/ipc/admin/gate.ts';
import type { SecretKeeper } from '../secrets/secret-keeper.ts';
import { countTry, forgetTries } from '../secrets/tries.ts';

/** Without activity for so long the area is left; a warning comes before, as WCAG 2.2.1 asks. */
export const IDLE_MS = 5 * 60_000;
export const WARNING_SECONDS = 20;

export type GateEvent =
  | { readonly action: 'passphraseChosen' | 'passphraseRefused' | 'passwordChosen' | 'passwordChanged' }
  | { readonly action: 'signedIn' | 'signInRefused' }
  | { readonly action: 'signedOut'; readonly after: 'idle' | 'left' };

export interface AdminSessionOptions {
  readonly secrets: SecretKeeper;
  readonly now?: () => number;
  /** Of new password hashes; less in tests. */
  readonly cost?: HashCost;
  readonly record: (event: GateEvent) => Promise<void>;
  /** Told when the area was left without a call of the window. */
  readonly onLeft: (view: GateView) => void;
  /** Told how many seconds are left; 0 when somebody did something after all. */
  readonly onEnding: (seconds: number) => void;
}

/** Whether an administrator is there, from the password to the last thing that they did. */
export class AdminSession {
  readonly #options: AdminSessionOptions;
  readonly #now: () => number;
  readonly #tries = new SerialQueue();
  #signedIn = false;
  #leftIdle = false;
  #warning: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;
  #warned = false;

  constructor(options: AdminSessionOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  get isSignedIn(): boolean {
    return this.#signedIn;
  }

  async view(): Promise<GateView> {
    const { secrets } = this.#options;
    const store = await secrets.available();
    const stored = await store?.read('admin-password');
    return {
      secrets: await secrets.state(),
      ...(store && { passwordChosen: stored !== undefined }),
      signedIn: this.#signedIn,
      leftIdle: this.#leftIdle,
    };
  }

  async choosePassphrase(passphrase: string): Promise<GateView> {
    await this.#options.secrets.choosePassphrase(passphrase);
    await this.#options.record({ action: 'passphraseChosen' });
    return this.view();
  }

  /** @throws OssError OSS_CREDENTIALS_INVALID, OSS_RATE_LIMITED */
  async unlock(passphrase: string): Promise<GateView> {
    try {
      await this.#options.secrets.unlock(passphrase);
    } catch (error) {
      await this.#options.record({ action: 'passphraseRefused' });
      throw error;
    }
    return this.view();
  }

  /** The first entry. @throws OssError OSS_FORBIDDEN where there is a password already, OSS_SECRETS_LOCKED */
  async choosePassword(password: string): Promise<GateView> {
    const store = await this.#options.secrets.store();
    if ((await store.read('admin-password')) !== undefined) throw new OssError('OSS_FORBIDDEN');
    await this.#options.record({ action: 'passwordChosen' });
    await store.write('admin-password', await this.#hash(password));
    return this.#enter();
  }

  /** @throws OssError OSS_ADMIN_PASSWORD_WRONG, OSS_RATE_LIMITED with the seconds to wait, OSS_SECRETS_LOCKED */
  async signIn(password: string): Promise<GateView> {
    await this.#check(password);
    await this.#options.record({ action: 'signedIn' });
    return this.#enter();
  }

  /** @throws OssError OSS_ADMIN_LOCKED, OSS_ADMIN_PASSWORD_WRONG, OSS_RATE_LIMITED */
  async changePassword(current: string, next: string): Promise<void> {
    this.require();
    await this.#check(current);
    await this.#options.record({ action: 'passwordChanged' });
    const store = await this.#options.secrets.store();
    await store.write('admin-password', await this.#hash(next));
  }

  async leave(): Promise<GateView> {
    if (this.#signedIn) await this.#leave('left');
    this.#leftIdle = false;
    return this.view();
  }

  /** Every call of the area passes here, and counts as activity. @throws OssError OSS_ADMIN_LOCKED */
  require(): void {
    if (!this.#signedIn) throw new OssError('OSS_ADMIN_LOCKED');
    this.touch();
  }

  /** Somebody is there. */
  touch(): void {
    if (!this.#signedIn) return;
    this.#stopTimers();
    if (this.#warned) this.#options.onEnding(0);
    this.#warned = false;
    this.#warning = setTimeout(
      () => {
        this.#warned = true;
        this.#options.onEnding(WARNING_SECONDS);
      },
      IDLE_MS - WARNING_SECONDS * 1000,
    );
    this.#end = setTimeout(() => void this.#endIdle(), IDLE_MS);
  }

  #hash(password: string): Promise<string> {
    return hashSecret(password, this.#options.cost ?? DESK_COST);
  }

  /** One try at a time, so that two at once do not count as one. */
  #check(password: string): Promise<void> {
    return this.#tries.run(() => this.#try(password));
  }

  async #try(password: string): Promise<void> {
    const store = await this.#options.secrets.store();
    await countTry(store, this.#now());
    const stored = await store.read('admin-password');
    if (stored === undefined || !(await verifySecret(password, stored))) {
      await this.#options.record({ action: 'signInRefused' });
      throw new OssError('OSS_ADMIN_PASSWORD_WRONG');
    }
    await forgetTries(store);
  }

  #enter(): Promise<GateView> {
    this.#signedIn = true;
    this.#leftIdle = false;
    this.touch();
    return this.view();
  }

  async #endIdle(): Promise<void> {
    this.#leftIdle = true;
    await this.#leave('idle');
    this.#options.onLeft(await this.view());
  }

  async #leave(after: 'idle' | 'left'): Promise<void> {
    this.#stopTimers();
    this.#signedIn = false;
    this.#warned = false;
    await this.#options.record({ action: 'signedOut', after });
  }

  #stopTimers(): void {
    clearTimeout(this.#warning);
    clearTimeout(this.#end);
  }
}
