import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import { LANGUAGES, type Language } from '../../contract/model/language.ts';
import { examine, exitCodeOf, healthSentences, supportBundle } from '../../doctor/index.ts';
import { writeNewFile } from '../../optimizer/index.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { surroundingsOf } from '../surroundings.ts';
import { Terminal } from '../terminal.ts';

interface DoctorOptions extends ServiceOptions {
  desk?: boolean;
  language: Language;
  support?: string;
  json?: boolean;
}

export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description(
      'look at everything that signing needs and say what is wrong; exit code 0 well, 1 worth a look, 2 broken',
    )
    .option('--desk', 'this computer is a desk: display, keychain and printer are needed')
    .option('--support <file>', 'also write what was found into a new file that can be sent to support')
    .addOption(
      new Option('--language <language>', 'language of the sentences').choices(LANGUAGES).default('en'),
    )
    .option('--json', 'the findings as one JSON line on standard output');
  addServiceOptions(command).action(doctor);
}

async function doctor(options: DoctorOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const surroundings = await surroundingsOf(options, options.desk === true ? 'desk' : 'commandLine');
  const report = await examine(surroundings);
  const sentences = report.lines.map((line) => healthSentences(line, options.language));
  const width = Math.max(...sentences.map(({ outcome }) => outcome.length));
  const words = sentences.flatMap(({ topic, outcome, found, advice }) => [
    `${outcome.padEnd(width)}  ${topic}: ${found}`,
    ...(advice === undefined ? [] : [`${' '.repeat(width)}  → ${advice}`]),
  ]);
  terminal.result(words, report);
  if (options.support !== undefined) {
    const bundle = supportBundle(report, surroundings);
    const extension = extname(options.support) || '.json';
    const base = options.support.slice(0, options.support.length - extname(options.support).length);
    const text = `${JSON.stringify(bundle, undefined, 2)}\n`;
    const path = await writeNewFile(base, extension, Buffer.from(text));
    terminal.say(`For support: ${path}, without names, addresses and paths.`);
  }
  process.exitCode = exitCodeOf(report);
}
