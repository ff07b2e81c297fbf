import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { COMMAND_LINE, isBuildNeeded } from '../../scripts/build.mjs';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';

export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments for Node itself. */
  readonly node?: readonly string[];
  readonly input?: string;
}

if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');

/** Runs the compiled `oneshot`, as a person would. */
export async function oneshot(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { password, pin } = SANDBOX_OFFICER;
  const child = spawn(process.execPath, [...(options.node ?? []), COMMAND_LINE, ...args], {
    env: { ...process.env, ONESHOT_PASSWORD: password, ONESHOT_PIN: pin, ...options.env },
  });
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, end] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<Pick<CommandResult, 'code' | 'signal'>>((settle, fail) => {
      child.on('error', fail);
      child.on('close', (code, signal) => settle({ code, signal }));
    }),
  ]);
  return { ...end, stdout, stderr };
}

/** The response of a command with `--json`: one value a line. */
export const jsonLines = ({ stdout }: Pick<CommandResult, 'stdout'>): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
