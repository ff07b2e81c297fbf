import type promises from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type Libsql from 'libsql';

/** What changes a disk, as the program asks for it; the methods of an open file are counted with them. */
const CHANGES = [
  'mkdir',
  'rm',
  'rename',
  'writeFile',
  'appendFile',
  'copyFile',
  'link',
  'unlink',
  'truncate',
] as const;
const FILE_CHANGES = ['write', 'writeFile', 'truncate'] as const;

/**
 * Stands between the program and its disk: counts what it reads and changes, and can kill it. Killed is killed: nothing
 * that it does afterwards reaches the disk.
 */
export class DiskEffects {
  /** Changes so far. */
  changes = 0;
  /** Files that were opened or read, in order. */
  readonly opened: string[] = [];
  #killAt = Number.POSITIVE_INFINITY;

  /** @param changes after so many no further one happens */
  killAfter(changes: number): void {
    this.changes = 0;
    this.#killAt = changes;
  }

  get isKilled(): boolean {
    return this.changes > this.#killAt;
  }

  #change(): void {
    this.changes += 1;
    if (this.isKilled) throw Object.assign(new Error('killed'), { code: 'EKILLED' });
  }

  /** `node:fs/promises` through this object. */
  files(real: typeof promises): typeof promises {
    const through: Record<string, unknown> = { ...real };
    const call = real as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    for (const name of CHANGES) {
      through[name] = async (...args: unknown[]) => {
        this.#change();
        return call[name]?.(...args);
      };
    }
    through.readFile = (...args: unknown[]) => {
      this.opened.push(String(args[0]));
      return call.readFile?.(...args);
    };
    through.open = async (...args: Parameters<typeof real.open>) => {
      this.opened.push(String(args[0]));
      // One that is only read changes nothing.
      if (/[wax]/.test(String(args[1] ?? 'r'))) this.#change();
      return this.#file(await real.open(...args));
    };
    return { ...through, default: through } as unknown as typeof promises;
  }

  #file(file: FileHandle): FileHandle {
    const methods = file as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    for (const name of FILE_CHANGES) {
      const method = methods[name]?.bind(file);
      methods[name] = async (...args) => {
        this.#change();
        return method?.(...args);
      };
    }
    return file;
  }

  /** `libsql` through this object: each statement that changes something is a change; a transaction ends with them. */
  database(real: typeof Libsql): typeof Libsql {
    const effects = this;
    return new Proxy(real, {
      construct(target, args: ConstructorParameters<typeof Libsql>) {
        const database = new target(...args);
        const prepare = database.prepare.bind(database);
        database.prepare = ((text: string) => {
          const statement = prepare(text);
          const run = statement.run.bind(statement);
          statement.run = (...values: Parameters<typeof run>) => {
            effects.#change();
            return run(...values);
          };
          return statement;
        }) as typeof database.prepare;
        return database;
      },
    });
  }
}
