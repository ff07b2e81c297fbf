import type { Command } from 'commander';
import { ERRORS } from '../../contract/errors.ts';
import type { FileInspection } from '../../contract/model/file-inspection.ts';
import { verdictOn } from '../../optimizer/index.ts';
import { documentWork } from '../document-work.ts';
import { noteSentence } from '../note-sentence.ts';
import {
  addPasswordOptions,
  openWithPassword,
  type PasswordOptions,
  readPassword,
} from '../options/password-options.ts';
import { Terminal } from '../terminal.ts';

interface InspectOptions extends PasswordOptions {
  field?: string;
  json?: boolean;
}

const VERDICTS: Readonly<Record<FileInspection['verdict'], string>> = {
  sign: 'can be signed',
  signWithNote: 'can be signed, with a note',
  refuse: 'cannot be signed',
};

export function addInspectCommand(program: Command): void {
  addPasswordOptions(
    program
      .command('inspect')
      .description('say of each PDF file whether it can be signed, and what to know before')
      .argument('<file...>', 'PDF documents')
      .option('--field <name>', 'the signature field that would be used')
      .option('--json', 'one JSON line per file on standard output'),
  ).action(inspect);
}

/** Exit code 0 only when every file can be signed. */
async function inspect(files: string[], options: InspectOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const work = documentWork();
  const given = await readPassword(options);
  const field = options.field === undefined ? {} : { fieldName: options.field };
  for (const file of files) {
    const inspection = await verdictOn(file, () =>
      openWithPassword(terminal, file, given, (access) =>
        work.run('inspect', { path: file, ...access, ...field }),
      ),
    );
    terminal.result(inWords(inspection), inspection);
    if (inspection.verdict === 'refuse') process.exitCode = 1;
  }
}

function inWords(inspection: FileInspection): string[] {
  const head = `${inspection.file}: ${VERDICTS[inspection.verdict]}`;
  if (inspection.verdict === 'refuse') {
    const { message, action } = ERRORS[inspection.code];
    const reason = inspection.reason === undefined ? '' : ` (${inspection.reason})`;
    return [head, `    X ${message}${reason} ${action} [${inspection.code}]`];
  }
  const { pages, notes } = inspection;
  const lines = notes.map((note) => `    - ${noteSentence(note)}`);
  return [`${head} (${pages} ${pages === 1 ? 'page' : 'pages'})`, ...lines];
}
