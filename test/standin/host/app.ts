import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { CommandLine } from './command-line.ts';
import { ListedEmitter, preventable } from './provided.ts';

/** electron.app: life cycle, paths, the lock of the single instance. */
export class App extends ListedEmitter {
  readonly isPackaged = false;
  readonly name: string;
  readonly commandLine;
  readonly #line: CommandLine;
  readonly #paths = new Map<string, string>();
  readonly #whenReady: Promise<void>;
  #announceReady: () => void = () => undefined;
  #isReady = false;
  #quitting = false;
  /** Set by the host: ends Chromium before the process exits. */
  shutDown: () => Promise<void> = async () => undefined;

  constructor(line: CommandLine) {
    super('app');
    this.#line = line;
    this.name = line.name;
    this.#whenReady = new Promise((resolve) => {
      this.#announceReady = resolve;
    });
    const switches = new Map(line.switches);
    this.commandLine = {
      appendSwitch: (name: string, value = '') => void (switches.has(name) || switches.set(name, value)),
      hasSwitch: (name: string) => switches.has(name),
      getSwitchValue: (name: string) => switches.get(name) ?? '',
    };
  }

  whenReady(): Promise<void> {
    return this.#whenReady;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  becomeReady(): void {
    this.#isReady = true;
    this.#announceReady();
    this.emit('ready', {}, {});
  }

  isQuitting(): boolean {
    return this.#quitting;
  }

  getName(): string {
    return this.name;
  }

  getVersion(): string {
    return this.#line.version;
  }

  getAppPath(): string {
    return this.#line.directory;
  }

  /** Of the environment: the stand-in does not ask the system. */
  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  /** The stand-in knows no proxy of the system; as PAC says it. */
  async resolveProxy(_url: string): Promise<string> {
    return 'DIRECT';
  }

  getPath(name: string): string {
    const known = this.#paths.get(name);
    if (known !== undefined) return known;
    const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
    const paths: Record<string, string> = {
      appData: config,
      documents: join(homedir(), 'Documents'),
      home: homedir(),
      temp: tmpdir(),
      userData: this.commandLine.getSwitchValue('user-data-dir') || join(config, this.name),
    };
    const path = paths[name];
    if (path === undefined)
      throw new Error(`electron.app.getPath('${name}') is not provided by the stand-in`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  /** Windows are sandboxed by their own options; the switch for all has nothing to add here. */
  enableSandbox(): void {}

  /** Another instance with the same data is running. */
  isSecondInstance(): boolean {
    return isRunning(holderOf(this.#lock()));
  }

  /**
   * A file with the process id; a second instance leaves its command line beside it, and wakes the first by a signal.
   */
  requestSingleInstanceLock(): boolean {
    const lock = this.#lock();
    mkdirSync(dirname(lock), { recursive: true });
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch {
      if (isRunning(holderOf(lock))) {
        const start: Start = { given: process.argv.slice(1), folder: process.cwd() };
        const written = `${lock}.${process.pid}`;
        writeFileSync(written, JSON.stringify(start));
        renameSync(written, `${lock}${SECOND}${process.pid}`);
        isRunning(holderOf(lock), 'SIGUSR2');
        return false;
      }
      writeFileSync(lock, String(process.pid));
    }
    process.on('SIGUSR2', () => {
      for (const { given, folder } of takeSecondStarts(lock)) this.emit('second-instance', {}, given, folder);
    });
    process.on('exit', () => rmSync(lock, { force: true }));
    return true;
  }

  #lock(): string {
    return join(this.getPath('userData'), 'stand-in.lock');
  }

  quit(): void {
    if (this.#quitting) return;
    for (const name of ['before-quit', 'will-quit']) {
      const event = preventable();
      this.emit(name, event);
      if (event.prevented) return;
    }
    this.exit(0);
  }

  exit(code = 0): void {
    if (this.#quitting) return;
    this.#quitting = true;
    this.emit('quit', {}, code);
    void this.shutDown().finally(() => process.exit(code));
  }
}

/** What a second instance was started with. */
interface Start {
  readonly given: readonly string[];
  readonly folder: string;
}
const SECOND = '.second-';

function takeSecondStarts(lock: string): Start[] {
  const folder = dirname(lock);
  const left = readdirSync(folder).filter((name) => name.startsWith(`${basename(lock)}${SECOND}`));
  return left.map((name) => {
    const start = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Start;
    rmSync(join(folder, name));
    return start;
  });
}

function holderOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Signal 0 only asks. */
function isRunning(pid: number | undefined, signal: NodeJS.Signals | 0 = 0): boolean {
  try {
    return pid !== undefined && process.kill(pid, signal);
  } catch {
    return false;
  }
}
