import { createInterface } from 'node:readline/promises';
import { isCancel, log, password, progress, text } from '@clack/prompts';
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
    if (this.#interactive) log.message(line, { output: process.stderr });
    else process.stderr.write(`${line}\n`);
  }

  /** What a person has to know even where a program called: on standard error, with `--json` too. */
  warn(line: string): void {
    this.endProgress();
    process.stderr.write(`${line}\n`);
  }

  /** A result: `words` for a person, `record` for a program. */
  result(words: string, record: unknown): void {
    this.endProgress();
    process.stdout.write(`${this.#json ? JSON.stringify(record) : words}\n`);
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
    const answer = await text({
      message: question,
      output: process.stderr,
      validate: (value) => (/^\d[\d ]{3,}$/.test(value ?? '') ? undefined : 'The code has digits only.'),
    });
    if (isCancel(answer)) throw new OssError('OSS_CANCELLED');
    return answer.replace(/\s/g, '');
  }

  /** Whether a person sits here who can be asked. */
  get canAsk(): boolean {
    return process.stdin.isTTY === true && this.#interactive && !this.#json;
  }

  /** Asks for the password of a document; it is not shown. @throws OssError OSS_CANCELLED */
  async askPassword(file: string): Promise<string> {
    this.endProgress();
    const answer = await password({ message: `Password of ${file}:`, output: process.stderr });
    if (isCancel(answer)) throw new OssError('OSS_CANCELLED');
    return answer;
  }

  private async readLine(question: string): Promise<string> {
    process.stderr.write(`${question}\n`);
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
