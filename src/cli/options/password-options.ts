import type { Command } from 'commander';
import { toOssError } from '../../contract/errors.ts';
import { readGiven } from '../given-file.ts';
import type { Terminal } from '../terminal.ts';

export interface PasswordOptions {
  passwordFile?: string;
}

/** How often a mistyped password is asked for again. */
const TRIES = 3;

export const addPasswordOptions = (command: Command): Command =>
  command.option('--password-file <file>', 'file whose first line is the password that opens the documents');

/** From the file that was named, or from the environment. @throws OssError OSS_FILE_NOT_FOUND */
export async function readPassword({ passwordFile }: PasswordOptions): Promise<string | undefined> {
  if (passwordFile === undefined) return process.env.ONESHOT_PDF_PASSWORD;
  const text = (await readGiven(passwordFile)).toString('utf8');
  return text.split(/\r?\n/, 1)[0] ?? '';
}

/**
 * Opens a document with the password given and, where it needs another and a person sits at the terminal, with the
 * one that they type.
 * @throws OssError what `open` throws
 */
export async function openWithPassword<T>(
  terminal: Terminal,
  file: string,
  given: string | undefined,
  open: (access: { readonly password?: string }) => Promise<T>,
): Promise<T> {
  let access = given === undefined ? {} : { password: given };
  for (let tries = 0; ; tries += 1) {
    try {
      return await open(access);
    } catch (thrown) {
      const isMissing = toOssError(thrown).code === 'OSS_PDF_PASSWORD_NEEDED';
      if (!isMissing || !terminal.canAsk || tries >= TRIES) throw thrown;
      access = { password: await terminal.askPassword(file) };
    }
  }
}
