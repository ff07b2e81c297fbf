import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 60_000;
const TAIL = 2000;

export interface SupervisedOptions {
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  /** Folder in which what it says on standard error is kept. */
  readonly logs: string | undefined;
  /** Where its clock and its disk are told what to do. */
  readonly disturbance: string;
  /** Whether it may refuse to start now, because something that it needs is away. */
  readonly mayRefuse: () => boolean;
  /** What no weather explains. */
  readonly onFault: (fault: string) => void;
}

/** A program that is started again whenever it is gone, as a supervisor does, and of whose ends each is explained. */
export class Supervised {
  readonly #options: SupervisedOptions;
  #child: ChildProcess | undefined;
  #isReady = false;
  #isWanted = false;
  #killed: ChildProcess | undefined;
  #keeping: Promise<void> | undefined;
  #stderr = '';
  #hasRecovered = false;
  /** The line that it said last when it was ready. */
  said: Record<string, unknown> = {};
  starts = 0;

  constructor(options: SupervisedOptions) {
    this.#options = options;
    this.disturb({});
  }

  /** It has said what it recovered after its start. */
  get hasRecovered(): boolean {
    return this.#hasRecovered;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Resolves when it is ready for the first time. */
  async start(): Promise<void> {
    this.#isWanted = true;
    this.#keeping = this.#keep();
    const until = Date.now() + STARTS_WITHIN_MS;
    while (!this.#isReady) {
      if (Date.now() > until) throw new Error(`${this.#options.name} does not start: ${this.#stderr}`);
      await pause(50);
    }
  }

  disturb(how: { readonly clock?: number; readonly disk?: 'full' }): void {
    writeFileSync(this.#options.disturbance, JSON.stringify(how));
  }

  kill(): void {
    this.#killed = this.#child;
    this.#child?.kill('SIGKILL');
  }

  /** Stops it in the middle of whatever it does; it does not know. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Asks it to end, as an operator does. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      this.#killed = child;
      child.kill('SIGTERM');
      const timer = setTimeout(() => {
        this.#options.onFault(`${this.#options.name} does not end within ${STOPS_WITHIN_MS / 1000} s`);
        child.kill('SIGKILL');
      }, STOPS_WITHIN_MS);
      const [code, signal] = await once(child, 'exit');
      clearTimeout(timer);
      if (code !== 0)
        this.#options.onFault(`${this.#options.name} ended with ${code ?? signal} when it was stopped`);
    }
    await this.#keeping;
  }

  async #keep(): Promise<void> {
    const { name, mayRefuse, onFault } = this.#options;
    while (this.#isWanted) {
      let couldRefuse = mayRefuse();
      const child = this.#spawn();
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      const wasReady = this.#isReady;
      this.#isReady = false;
      couldRefuse ||= mayRefuse();
      if (child !== this.#killed && (wasReady || !couldRefuse)) {
        onFault(`${name} ended by itself (${code ?? signal}): ${this.#stderr}`);
      }
      if (this.#isWanted) await pause(100);
    }
  }

  #spawn(): ChildProcess {
    const { name, args, logs, disturbance } = this.#options;
    const preload = ['--import', new URL('disturbed.mjs', `file://${SOURCES}/`).href];
    const child = spawn(process.execPath, [...preload, ...args], {
      env: { ...process.env, DISTURBANCE: disturbance },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.starts += 1;
    this.#stderr = '';
    this.#hasRecovered = false;
    child.stderr.on('data', (chunk: Buffer) => {
      if (logs !== undefined) appendFileSync(join(logs, `${name}.log`), chunk);
      this.#hasRecovered ||= chunk.includes('recovered after the start');
      this.#stderr = `${this.#stderr}${chunk}`.slice(-TAIL);
    });
    createInterface(child.stdout).on('line', (line) => {
      this.said = JSON.parse(line);
      this.#isReady = true;
    });
    return child;
  }
}

const SOURCES = import.meta.dirname;
