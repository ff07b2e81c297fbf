import { setTimeout as pause } from 'node:timers/promises';
import { toOssError } from '../../contract/errors.ts';
import { newestSandboxSms } from '../sandbox-code.ts';
import type { CommandStation } from '../station.ts';
import type { Terminal } from '../terminal.ts';
import { carryOut, type JobOutcome } from './carry-out.ts';
import type { WatchedFolders } from './folders.ts';
import type { Inbox } from './inbox.ts';
import { inWords } from './passing.ts';

/** Looking again costs a few calls to the system, and works on shares, which do not tell of changes. */
const LOOK_MS = 500;
/** Orders that failed for want of a service or of space are tried again so often. */
const RETRY_MS = 30_000;
/** A batch does not wait longer than this for files that keep changing. */
const BATCH_PATIENCE_MS = 60_000;

interface Tally {
  /** Orders that failed, files that stay where they are, orders that wait. */
  readonly left: number;
  /** Something may be there in a moment. */
  readonly isArriving: boolean;
}

/**
 * Signs what arrives in a watched folder. Whatever is in the way is said once, on standard error, and again when it is
 * another reason; nothing of it ends the watching.
 */
export class FolderWatch {
  readonly #station: CommandStation;
  readonly #folders: WatchedFolders;
  readonly #inbox: Inbox;
  readonly #terminal: Terminal;
  readonly #told = new Map<string, string>();
  /** References of the codes that are waited for. */
  readonly #waiting = new Map<string, string>();
  /** When an order that cannot go on now is tried again. */
  readonly #nextTry = new Map<string, number>();

  constructor(station: CommandStation, folders: WatchedFolders, inbox: Inbox, terminal: Terminal) {
    this.#station = station;
    this.#folders = folders;
    this.#inbox = inbox;
    this.#terminal = terminal;
  }

  /** What is there, then the end. @returns whether nothing was left */
  async once(): Promise<boolean> {
    const end = performance.now() + BATCH_PATIENCE_MS;
    let failed = 0;
    for (;;) {
      const { left, failures, isArriving } = await this.#look();
      failed += failures;
      if (!isArriving || performance.now() > end) return failed + left === 0;
      await pause(LOOK_MS);
    }
  }

  async untilStopped(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      await this.#look();
      await pause(LOOK_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
  }

  /** One look at the folders, and everything that can go on now. Throws nothing. */
  async #look(): Promise<Tally & { readonly failures: number }> {
    const seen = new Set<string>();
    const told = (key: string, words: string): void => {
      seen.add(key);
      if (this.#told.get(key) !== words) this.#terminal.warn(`${key}: ${words}`);
      this.#told.set(key, words);
    };
    let failures = 0;
    let waiting = 0;
    let isArriving = false;
    try {
      await this.#folders.restore();
      const look = await this.#inbox.look();
      for (const { name, file, documents } of look.ready) {
        await this.#folders.take(name, file, documents).catch((error: unknown) => {
          isArriving = true; // it is looked at again
          told(file, inWords(error));
        });
      }
      for (const { file, reason, isArriving: soon } of look.held) {
        if (soon) isArriving = true;
        // What is still arriving is in order, and waited for.
        else told(file, reason);
      }
      waiting = look.held.filter((one) => !one.isArriving).length;
      if (look.held.some((one) => one.isArriving)) waiting += 1;
      for (const name of await this.#folders.begun()) {
        const key = name.normalize('NFC').toLowerCase();
        if (look.codesArriving.has(key)) continue;
        const outcome = await this.#goOn(name, look.codes.get(key), told);
        if (outcome === 'failed') failures += 1;
        if (outcome === 'left') waiting += 1;
      }
    } catch (error) {
      waiting += 1;
      told(this.#folders.in, inWords(error));
    }
    for (const [key] of this.#told) if (!seen.has(key) && !this.#nextTry.has(key)) this.#told.delete(key);
    return { left: waiting, failures, isArriving };
  }

  async #goOn(
    name: string,
    codeFile: string | undefined,
    told: (key: string, words: string) => void,
  ): Promise<'done' | 'failed' | 'left'> {
    const isDue = (this.#nextTry.get(name) ?? 0) <= performance.now();
    if (!isDue && codeFile === undefined) return 'left';
    try {
      const outcome = await carryOut(this.#station, this.#folders, name, codeFile);
      this.#nextTry.delete(name);
      if (outcome.outcome === 'waiting') this.#nextTry.set(name, performance.now() + RETRY_MS);
      await this.#report(outcome, codeFile !== undefined);
      if (outcome.outcome === 'waiting') return 'left';
      return outcome.outcome === 'failed' || outcome.changed ? 'failed' : 'done';
    } catch (error) {
      const { retryAfterSeconds } = toOssError(error).details;
      const wait = typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1000 : RETRY_MS;
      this.#nextTry.set(name, performance.now() + wait);
      told(name, `${inWords(error)}; it is tried again in ${Math.ceil(wait / 1000)} s`);
      return 'left';
    }
  }

  /** That an order waits is said once, and again when a code was not the right one. */
  async #report(outcome: JobOutcome, hadCode: boolean): Promise<void> {
    const { name } = outcome;
    if (outcome.outcome === 'waiting') {
      if (this.#waiting.get(name) === outcome.reference && !hadCode) return;
      this.#waiting.set(name, outcome.reference);
      const words = `${hadCode ? 'the code was not accepted; it ' : ''}waits for its code`;
      this.#terminal.result(`${name}: ${words} (reference ${outcome.reference})`, outcome);
      await this.#showSimulatedSms(outcome.transaction);
      return;
    }
    this.#waiting.delete(name);
    this.#terminal.result(`${name}: ${outcome.outcome}, ${outcome.folder}`, outcome);
    for (const file of outcome.changed ?? [])
      this.#terminal.warn(`${name}: ${file} was changed after it was signed`);
  }

  /** In a sandbox nobody has the phone. */
  async #showSimulatedSms(id: string): Promise<void> {
    const { optimizer, service, info } = this.#station;
    if (info.mode !== 'sandbox') return;
    const sms = await newestSandboxSms(service, await optimizer.get(id)).catch(() => undefined);
    if (sms !== undefined) this.#terminal.say(`Simulated SMS: “${sms}”`);
  }
}
