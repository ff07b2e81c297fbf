import { createInterface } from 'node:readline/promises';
import { isCancel, log, password, progress, text } from '@clack/prompts';
import { shownJson, shownLines, shownText } from '../base/untrusted-text.ts';
import { OssError } from '../contract/errors.ts';
import type { Progress } from '../optimizer/index.ts';

const STEP_WORDS: Readonly<Record<Progress['step'], string>> = {
  importing: 'Copying',
  preparing: 'Preparing',
  signing: 'Signing',
  embedding: 'Sealing',
  augmenting: 'Making lasting',
  verifying: 'Verifying',
  delivering: 'Writing',
};

/**
 * What a command says to the person at the terminal, and to the program that called it: words and progress
 * go to standard error, results to standard output, one JSON line each with `--json`.
 */
export class Terminal {
  readonly #json: boolean;
  readonly #interactive = process.stderr.isTTY === true;
  #bar: { readonly step: string; readonly handle: ReturnType<typeof progress>; shown: number } | undefined;

  constructor(json: boolean) {
    this.#json = json;
  }

  /** A line of words for the person; silent with `--json`. */
  say(line: string): void {
    this.endProgress();
    if (this.#json) return;
    if (this.#interactive) log.message(shownText(line), { output: process.stderr });
    else process.stderr.write(`${shownText(line)}\n`);
  }

  /** What a person has to know even where a program called: on standard error, with `--json` too. */
  warn(line: string): void {
    this.endProgress();
    process.stderr.write(`${shownText(line)}\n`);
  }

  /** A result: for a person a line or several, `record` for a program. */
  result(words: string | readonly string[], record: unknown): void {
    this.endProgress();
    const lines = typeof words === 'string' ? [words] : words;
    process.stdout.write(`${this.#json ? shownJson(JSON.stringify(record)) : shownLines(lines)}\n`);
  }

  /** A file that goes to standard output and has its own way of escaping. */
  file(text: string): void {
    this.endProgress();
    process.stdout.write(text);
  }

  /** Why the command failed, on standard error also with `--json`. */
  fail(lines: readonly string[], record: unknown): void {
    this.endProgress();
    if (this.#json) process.stdout.write(`${shownJson(JSON.stringify(record))}\n`);
    process.stderr.write(`${shownLines(lines)}\n`);
  }

  readonly onProgress = (progressed: Progress): void => {
    if (this.#json || !this.#interactive) return;
    const { step, document, documents, bytes, totalBytes } = progressed;
    const share = bytes !== undefined && totalBytes ? bytes / totalBytes : 0;
    const done = Math.floor(((document + share) / documents) * 100);
    const words = `${STEP_WORDS[step]} document ${document + 1} of ${documents}`;
    if (this.#bar?.step !== step) {
      this.endProgress();
      const handle = progress({ max: 100, output: process.stderr });
      handle.start(words);
      this.#bar = { step, handle, shown: 0 };
    }
    this.#bar.handle.advance(done - this.#bar.shown, words);
    this.#bar.shown = done;
  };

  endProgress(): void {
    this.#bar?.handle.stop(`${STEP_WORDS[this.#bar.step as Progress['step']]}: done`);
    this.#bar = undefined;
  }

  /** Asks for the code from the SMS, on the terminal or from a line of standard input. @throws OssError OSS_CANCELLED */
  async askCode(question: string): Promise<string> {
    this.endProgress();
    if (!process.stdin.isTTY) return this.readLine(question);
    const typed = await text({
      message: shownText(question),
      output: process.stderr,
      validate: (value) => (/^\d[\d ]{3,}$/.test(value ?? '') ? undefined : 'The code has digits only.'),
    });
    if (isCancel(typed)) throw new OssError('OSS_CANCELLED');
    return typed.replace(/\s/g, '');
  }

  /** Whether a person sits here who can be asked. */
  get canAsk(): boolean {
    return process.stdin.isTTY === true && this.#interactive && !this.#json;
  }

  /** Asks for the password of a document; it is not shown. @throws OssError OSS_CANCELLED */
  async askPassword(file: string): Promise<string> {
    this.endProgress();
    const typed = await password({ message: `Password of ${shownText(file)}:`, output: process.stderr });
    if (isCancel(typed)) throw new OssError('OSS_CANCELLED');
    return typed;
  }

  private async readLine(question: string): Promise<string> {
    process.stderr.write(`${shownText(question)}\n`);
    const lines = createInterface({ input: process.stdin, terminal: false });
    try {
      for await (const line of lines) {
        if (line.trim() !== '') return line.replace(/\s/g, '');
      }
      throw new OssError('OSS_CANCELLED', { reason: 'no code was entered' });
    } finally {
      lines.close();
    }
  }
}
