import { readFileSync } from 'node:fs';
import pkcs11js from 'pkcs11js';
import type { Attestation, TokenSettings } from './protocol.ts';
import { isLost, reasonOf, TokenLost } from './token-faults.ts';

type Handle = Buffer;

/** After a failed opening nobody tries again for so long: each try may take as long as the device's own time-out. */
const REOPEN_PAUSE_MS = 500;
/** A call of the library that takes longer has to be given up by ending the process. */
const DRAIN_MS = 4_000;

/**
 * The one owner of the library in its process: a pool of sessions, each with one operation at a time. What lost the
 * token closes everything and opens it again; a C_Finalize under a running call is a segmentation fault, so the pool is
 * drained before.
 */
export class SessionPool {
  readonly library = new pkcs11js.PKCS11();
  readonly #settings: TokenSettings;
  #sessions: Handle[] = [];
  #waiting: ((session: Handle | undefined) => void)[] = [];
  #busy = 0;
  #drained: (() => void) | undefined;
  #opening: Promise<void> | undefined;
  #failedAt = Number.NEGATIVE_INFINITY;
  #failure = '';
  #isOpen = false;
  #slot: Handle | undefined;
  /** A PIN that the token refused is not tried again: a few more tries would lock it. */
  #refusedPin: string | undefined;
  /** Handles of one generation mean nothing in the next. */
  generation = 0;

  constructor(settings: TokenSettings) {
    this.#settings = settings;
    this.library.load(settings.module);
  }

  /**
   * Does idempotent work on a session of its own, once more after the token was lost and is back.
   * @throws TokenLost; whatever else the work throws
   */
  async withSession<T>(work: (session: Handle) => Promise<T>): Promise<T> {
    try {
      return await this.withSessionOnce(work);
    } catch (error) {
      if (!(error instanceof TokenLost)) throw error;
      return this.withSessionOnce(work);
    }
  }

  /** The same for work that must not be done twice, or whose handles a new generation does not know. */
  async withSessionOnce<T>(work: (session: Handle) => Promise<T>): Promise<T> {
    if (!this.#isOpen) await this.#open();
    const session = await this.#take();
    const { generation } = this;
    try {
      return await work(session);
    } catch (error) {
      if (!isLost(error)) throw error;
      // Anyone who comes next opens it; those who are still at work finish, or fail the same way.
      if (generation === this.generation) this.#isOpen = false;
      throw new TokenLost(reasonOf(error), { cause: error });
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) this.#drained?.();
      if (generation === this.generation && this.#isOpen) this.#giveBack(session);
      else if (!this.#isOpen) for (const go of this.#waiting.splice(0)) go(undefined);
    }
  }

  /** What the token says of itself. */
  describe(): Attestation['token'] {
    const { label, manufacturerID, model, serialNumber, firmwareVersion } = this.library.C_GetTokenInfo(
      this.#slot as Handle,
    );
    return {
      label: label.trim(),
      manufacturer: manufacturerID.trim(),
      model: model.trim(),
      serialNumber: serialNumber.trim(),
      firmware: `${firmwareVersion.major}.${firmwareVersion.minor}`,
    };
  }

  close(): void {
    if (this.#isOpen) this.library.C_Finalize();
    this.#isOpen = false;
  }

  async #take(): Promise<Handle> {
    this.#busy += 1;
    const session =
      this.#sessions.pop() ?? (await new Promise<Handle | undefined>((go) => this.#waiting.push(go)));
    if (session !== undefined) return session;
    this.#busy -= 1;
    if (this.#busy === 0) this.#drained?.();
    throw new TokenLost('the token was lost meanwhile');
  }

  #giveBack(session: Handle): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#sessions.push(session);
    else next(session);
  }

  #open(): Promise<void> {
    if (performance.now() - this.#failedAt < REOPEN_PAUSE_MS)
      return Promise.reject(new TokenLost(this.#failure));
    this.#opening ??= this.#openNow()
      .catch((error: unknown) => {
        this.#failedAt = performance.now();
        this.#failure = reasonOf(error);
        throw new TokenLost(this.#failure, { cause: error });
      })
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }

  async #openNow(): Promise<void> {
    for (const go of this.#waiting.splice(0)) go(undefined);
    await this.#drain();
    const { library } = this;
    try {
      library.C_Finalize();
    } catch {
      // Not initialised yet, or the device has gone without it.
    }
    library.C_Initialize({ flags: pkcs11js.CKF_OS_LOCKING_OK });
    const slot = this.#findSlot();
    this.#slot = slot;
    const flags = pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION;
    this.#sessions = Array.from({ length: this.#settings.sessions }, () =>
      library.C_OpenSession(slot, flags),
    );
    this.#logIn(this.#sessions[0] as Handle);
    this.generation += 1;
    this.#isOpen = true;
  }

  #logIn(session: Handle): void {
    const pin = readFileSync(this.#settings.pinFile, 'utf8').trim();
    // A token would count it as a try.
    if (pin === '') throw new TokenLost('the file of the PIN is empty');
    if (pin === this.#refusedPin) throw new TokenLost('CKR_PIN_INCORRECT, not tried again with the same PIN');
    try {
      this.library.C_Login(session, pkcs11js.CKU_USER, pin);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === 'CKR_USER_ALREADY_LOGGED_IN') return;
      if (reason.startsWith('CKR_PIN_')) this.#refusedPin = pin;
      throw error;
    }
  }

  async #drain(): Promise<void> {
    if (this.#busy === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const drained = new Promise<boolean>((resolve) => {
      this.#drained = () => resolve(true);
      timer = setTimeout(() => resolve(false), DRAIN_MS);
    });
    const isDrained = await drained;
    clearTimeout(timer);
    this.#drained = undefined;
    // The service starts a new process; in this one the library cannot be let go of.
    if (!isDrained) process.exit(1);
  }

  #findSlot(): Handle {
    const { library } = this;
    const wanted = Object.entries(this.#settings.token);
    const found = library.C_GetSlotList(true).filter((slot) => {
      const info = library.C_GetTokenInfo(slot);
      return wanted.every(([attribute, value]) => info[attribute as 'label'].trim() === value);
    });
    const [slot] = found;
    if (slot === undefined) throw new TokenLost('CKR_TOKEN_NOT_PRESENT');
    if (found.length > 1) throw new Error('more than one token is of that name');
    return slot;
  }
}
