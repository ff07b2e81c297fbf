import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { TestProject } from 'vitest/node';
import { DSS_CLASS_PATH, PYHANKO_PYTHON, VERAPDF_CLASS_PATH } from '../../../scripts/prerequisites.mjs';
import type { KeptJudge, Order } from './ask.ts';

/**
 * Set up once for the whole run: judges that start slowly are started when they are first asked, and kept. The files
 * of tests ask through a socket, each judge answers in the order in which it is asked.
 */

/** For minutes only: compiling best costs more than it saves, and so do threads that collect garbage side by side. */
const JAVA = ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'] as const;

const PROGRAMS: Readonly<Record<KeptJudge, readonly [string, ...string[]]>> = {
  DSS: [...JAVA, '-cp', DSS_CLASS_PATH, 'DssJudge'],
  veraPDF: [...JAVA, '-cp', VERAPDF_CLASS_PATH, 'VeraPdfJudge'],
  pyHanko: [PYHANKO_PYTHON, join(import.meta.dirname, 'pyhanko', 'judge.py')],
};

interface Waiting {
  readonly verdicts: string[];
  readonly expected: number;
  settle(verdicts: string[]): void;
  fail(error: Error): void;
}

/** A program that answers every line with a line. */
class LineProgram {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: Waiting[] = [];
  ended = false;

  constructor([program, ...args]: readonly [string, ...string[]]) {
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    this.#child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
    const complaints = text(this.#child.stderr);
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('close', (code) => void complaints.then((said) => this.#end(`${code}: ${said}`)));
  }

  ask(lines: readonly string[]): Promise<string[]> {
    if (lines.length === 0) return Promise.resolve([]);
    return new Promise((settle, fail) => {
      this.#waiting.push({ verdicts: [], expected: lines.length, settle, fail });
      this.#child.stdin.write(lines.map((line) => `${line}\n`).join(''));
    });
  }

  stop(): Promise<void> {
    if (this.ended) return Promise.resolve();
    return new Promise((settle) => {
      this.#child.on('close', () => settle());
      this.#child.stdin.end();
    });
  }

  #take(line: string): void {
    const [first] = this.#waiting;
    if (!first) return;
    first.verdicts.push(line);
    if (first.verdicts.length < first.expected) return;
    this.#waiting.shift();
    first.settle(first.verdicts);
  }

  #end(reason: string): void {
    this.ended = true;
    for (const { fail } of this.#waiting.splice(0)) fail(new Error(`it ended with ${reason}`));
  }
}

export default async function keepJudges(project: TestProject): Promise<() => Promise<void>> {
  const programs = new Map<KeptJudge, LineProgram>();
  const sockets = new Set<Socket>();
  const programOf = (judge: KeptJudge): LineProgram => {
    const running = programs.get(judge);
    if (running && !running.ended) return running;
    const started = new LineProgram(PROGRAMS[judge]);
    programs.set(judge, started);
    return started;
  };
  const response = async (socket: Socket): Promise<void> => {
    for await (const line of createInterface({ input: socket })) {
      const { judge, lines } = JSON.parse(line) as Order;
      const result = await programOf(judge)
        .ask(lines)
        .then(
          (verdicts) => ({ verdicts }),
          (error: Error) => ({ error: `${judge}: ${error.message}` }),
        );
      socket.write(`${JSON.stringify(result)}\n`);
    }
  };
  const folder = await mkdtemp(join(tmpdir(), 'judges-'));
  const path = join(folder, 'socket');
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    void response(socket).catch(() => socket.destroy());
  });
  await new Promise<void>((settle) => server.listen(path, settle));
  project.provide('judges', path);
  return async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await Promise.all([...programs.values()].map((program) => program.stop()));
    await rm(folder, { recursive: true, force: true });
  };
}
