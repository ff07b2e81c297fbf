import { type ChildProcess, fork } from 'node:child_process';
import { backoff } from '../../../base/backoff.ts';
import type { TokenCallName, TokenCalls, TokenResponse, TokenSettings } from './protocol.ts';
import { TokenLost, TokenRefused } from './token-faults.ts';

export interface TokenClientOptions {
  readonly settings: TokenSettings;
  /** The compiled `pkcs11-token`. */
  readonly program: string;
  /** Told when the process that owns the token has ended, or does not start. */
  readonly onEnd: (reason: string) => void;
}

/** Milliseconds; a call that takes longer hangs in the library, which only the end of its process ends. */
const DEADLINES: Readonly<Partial<Record<TokenCallName, number>>> = { create: 60_000, generate: 30_000 };
const DEADLINE = 5_000;
const RESTART = { free: 1, firstMs: 250, longestMs: 5_000 } as const;
/** Threads of libuv for other work of that process, beside one for each session. */
const FURTHER_THREADS = 4;

interface Pending {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface Running {
  readonly child: ChildProcess;
  readonly pending: Map<number, Pending>;
}

/** A program that waits for no response may end, and the process of the token ends with it. */
function hold({ child, pending }: Running): void {
  const turn = pending.size > 0 ? 'ref' : 'unref';
  child[turn]();
  child.channel?.[turn]();
}

/** Calls to the token in its process, which is started when it is needed and again when it has ended. */
export class TokenClient {
  readonly #options: TokenClientOptions;
  #running: Running | undefined;
  #calls = 0;
  #failures = 0;
  #notBefore = 0;
  #lastEnd = '';
  /** Counts processes: handles of one mean nothing to the next. */
  generation = 0;

  constructor(options: TokenClientOptions) {
    this.#options = options;
  }

  /** @throws TokenLost when token or process are away, TokenRefused when the token says no */
  async call<Name extends TokenCallName>(
    call: Name,
    input: TokenCalls[Name]['input'],
  ): Promise<TokenCalls[Name]['output']> {
    const running = this.#running ?? this.#start();
    this.#calls += 1;
    const id = this.#calls;
    return new Promise<TokenCalls[Name]['output']>((resolve, reject) => {
      const timer = setTimeout(() => running.child.kill('SIGKILL'), DEADLINES[call] ?? DEADLINE);
      running.pending.set(id, { resolve: resolve as Pending['resolve'], reject, timer });
      hold(running);
      running.child.send({ id, call, input }, (error) => {
        if (error !== null) this.#ended(running, 'it takes no calls');
      });
    });
  }

  get pid(): number | undefined {
    return this.#running?.child.pid;
  }

  async close(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    const { child } = running;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.disconnect();
    child.ref();
    const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE);
    if (child.exitCode === null && child.signalCode === null) await ended;
    clearTimeout(timer);
  }

  #start(): Running {
    if (performance.now() < this.#notBefore) throw new TokenLost(this.#lastEnd);
    const { program, settings } = this.#options;
    const child = fork(program, [], {
      env: {
        ...process.env,
        ONESHOT_TOKEN: JSON.stringify(settings),
        UV_THREADPOOL_SIZE: String(settings.sessions + FURTHER_THREADS),
      },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const running: Running = { child, pending: new Map() };
    this.#running = running;
    this.generation += 1;
    hold(running);
    child.on('message', (message) =>
      this.#take(running, message as TokenResponse | { readonly ready: true }),
    );
    child.once('error', (error) => this.#ended(running, error.message));
    child.once('exit', (code, signal) => this.#ended(running, `it ended with ${signal ?? code}`));
    return running;
  }

  #take(running: Running, response: TokenResponse | { readonly ready: true }): void {
    if ('ready' in response) return;
    const { pending } = running;
    const waiting = pending.get(response.id);
    if (waiting === undefined) return;
    pending.delete(response.id);
    clearTimeout(waiting.timer);
    hold(running);
    if ('failure' in response) {
      const Failure = response.failure === 'lost' ? TokenLost : TokenRefused;
      waiting.reject(new Failure(response.reason));
      return;
    }
    this.#failures = 0;
    waiting.resolve(response.output);
  }

  #ended(running: Running, reason: string): void {
    if (this.#running === running) {
      this.#running = undefined;
      this.#failures += 1;
      this.#notBefore = performance.now() + backoff(RESTART, this.#failures);
      this.#lastEnd = `the process of the token: ${reason}`;
      this.#options.onEnd(reason);
    }
    for (const { reject, timer } of running.pending.values()) {
      clearTimeout(timer);
      reject(new TokenLost(`the process of the token: ${reason}`));
    }
    running.pending.clear();
  }
}
