import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { COMMAND_LINE } from '../../scripts/build.mjs';
import { SANDBOX_OFFICER } from '../../src/service/index.ts';

/** A running `oneshot watch`, and what it has said on standard error. */
export class Watcher {
  readonly #child: ChildProcess;
  said = '';

  constructor(args: readonly string[], command: readonly string[] = [process.execPath]) {
    const { password, pin } = SANDBOX_OFFICER;
    const [program = '', ...first] = command;
    this.#child = spawn(program, [...first, COMMAND_LINE, ...args], {
      env: { ...process.env, ONESHOT_PASSWORD: password, ONESHOT_PIN: pin },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said += text;
    });
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.isRunning) return;
    this.#child.kill(signal);
    await once(this.#child, 'exit');
  }
}
