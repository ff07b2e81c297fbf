import { type SpawnOptions, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** A file for a judge, with its password where it does not open without one. */
export interface JudgedFile {
  readonly path: string;
  readonly password?: string;
}

export interface Outcome {
  readonly code: number;
  /** Standard output followed by standard error. */
  readonly output: string;
}

/** Runs a judge to its end; `input` goes to its standard input, what it leaves behind into `cwd`. */
export async function runJudge(
  program: string,
  args: readonly string[],
  input = '',
  { cwd, env }: Pick<SpawnOptions, 'cwd' | 'env'> = {},
): Promise<Outcome> {
  const child = spawn(program, args, { cwd, env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } });
  // A judge that needs no input may be gone before it is offered any; what it says is what counts.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((settle, fail) => {
      child.on('error', fail);
      child.on('close', (status) => settle(status ?? -1));
    }),
  ]);
  return { code, output: stdout + stderr };
}

const AT_ONCE = 4;

/** For a judge that takes one file: a few processes at once, the responses in the order of the files. */
export async function forEachFile<T>(
  files: readonly JudgedFile[],
  judge: (file: JudgedFile) => Promise<T>,
): Promise<T[]> {
  const verdicts: T[] = [];
  for (let next = 0; next < files.length; next += AT_ONCE) {
    verdicts.push(...(await Promise.all(files.slice(next, next + AT_ONCE).map(judge))));
  }
  return verdicts;
}
