import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface CommandLine {
  readonly switches: ReadonlyMap<string, string>;
  /** Modules to load first (`-r`); that is how Playwright attaches its loader. */
  readonly preloads: readonly string[];
  readonly directory: string;
  readonly main: string;
  readonly name: string;
  readonly version: string;
}

/** Reads `electron [-r module] [--switch[=value]] application`. */
export function readCommandLine(given: readonly string[]): CommandLine {
  const switches = new Map<string, string>();
  const preloads: string[] = [];
  let application: string | undefined;
  for (let index = 0; index < given.length; index++) {
    const argument = given[index] ?? '';
    if (argument === '-r' || argument === '--require') preloads.push(given[++index] ?? '');
    else if (argument.startsWith('--')) {
      const [name = '', ...value] = argument.slice(2).split('=');
      switches.set(name, value.join('='));
    } else application ??= argument;
  }
  if (application === undefined) throw new Error('usage: electron APPLICATION');
  return { switches, preloads, ...readApplication(resolve(application)) };
}

function readApplication(path: string): Pick<CommandLine, 'directory' | 'main' | 'name' | 'version'> {
  if (!statSync(path).isDirectory()) {
    return { directory: dirname(path), main: path, name: 'Electron', version: '0.0.0' };
  }
  const manifest = JSON.parse(readFileSync(resolve(path, 'package.json'), 'utf8')) as {
    name: string;
    productName?: string;
    version: string;
    main: string;
  };
  return {
    directory: path,
    main: resolve(path, manifest.main),
    name: manifest.productName ?? manifest.name,
    version: manifest.version,
  };
}
