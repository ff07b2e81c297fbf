import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMAND_LINE, isBuildNeeded } from '../../scripts/build.mjs';
import { PYHANKO_PYTHON } from '../../scripts/prerequisites.mjs';
import { fencesOf, page, pages, ROOT } from './markdown.ts';

/** In the order in which a newcomer reads them; what one page makes the next may use. */
const READING = ['README.md', 'docs/first-steps.md', 'docs/command-line.md', 'docs/applications.md'];
/** Why a block of commands is not run here. */
const TAGS: readonly string[] = ['server', 'person'];

/**
 * The pages as a newcomer follows them: every block of commands in order, in a clean folder. Blocks that need a server
 * that goes on running (`sh server`) or a person (`sh person`) are left out; a block of text after commands is what
 * they print.
 */
const others = pages()
  .map(({ path }) => path)
  .filter((path) => /^docs\/[^/]+\.md$/.test(path) && !READING.includes(path))
  .toSorted();
const fences = [...READING, ...others].flatMap((path) => fencesOf(page(path)));
/** Programs of others, which a machine may lack; the build machine must have them. */
const JUDGES = /^(pdfsig|pyhanko) /;
const ONE_COMMAND_MS = 120_000;

let folder: string;
let printed = '';

beforeAll(() => {
  if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');
  folder = mkdtempSync(join(tmpdir(), 'readme-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(
    join(folder, 'bin', 'oneshot'),
    `#!/bin/sh\nexec "${process.execPath}" "${COMMAND_LINE}" "$@"\n`,
    {
      mode: 0o755,
    },
  );
  copyFileSync(join(ROOT, 'resources/samples/libreoffice.pdf'), join(folder, 'contract.pdf'));
  copyFileSync(join(ROOT, 'resources/samples/chromium.pdf'), join(folder, 'annex.pdf'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string): { status: number | null; stdout: string; stderr: string } {
  const path = [join(folder, 'bin'), dirname(PYHANKO_PYTHON), process.env.PATH].join(delimiter);
  const { ONESHOT_DATA: _, ...environment } = process.env;
  return spawnSync('bash', ['-c', command], {
    cwd: folder,
    env: { ...environment, PATH: path, HOME: folder },
    encoding: 'utf8',
    timeout: ONE_COMMAND_MS,
  });
}

/** What a person takes from what was printed before: the number of the transaction, the code of the SMS. */
function filledIn(command: string): string {
  const transaction = /tx_[0-9a-f]+/.exec(printed)?.[0] ?? 'no transaction was printed';
  const code = /SMS: .*?(\d{4,10})\D*$/.exec(printed.trim())?.[1] ?? 'no code was printed';
  return command.replace('tx_…', transaction).replace('CODE', code);
}

/** Without what differs from run to run. */
const essentials = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/g, 'TIME'));

type Step =
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'compare'; readonly text: string };

const steps = fences.flatMap(({ language, argument, text }): Step[] => {
  if (language === 'sh' && argument === '') {
    return commandsOf(text).map((command) => ({ kind: 'run', command }));
  }
  if (language === 'json' && argument !== '') return [{ kind: 'write', path: argument, text }];
  return language === 'text' ? [{ kind: 'compare', text }] : [];
});

/** One command may be several lines. */
function commandsOf(text: string): string[] {
  return text.replaceAll('\\\n', ' ').trim().split('\n');
}

it('every block of commands is run, or says why not', () => {
  const shells = fences.filter(({ language }) => ['sh', 'bash', 'shell', 'console'].includes(language));
  const unknown = shells.filter(
    ({ language, argument }) => language !== 'sh' || !(argument === '' || TAGS.includes(argument)),
  );
  expect(unknown).toEqual([]);
});

it('the first signature is made within one screen of commands', () => {
  const readme = page('README.md').text;
  expect(readme.split('\n').length).toBeLessThan(100);
  expect(readme).toContain('## The first signature');
});

it('the index names every page', () => {
  const { text } = page('docs/README.md');
  const missing = pages()
    .filter(({ path }) => /^docs\/[^/]+\.md$/.test(path) && path !== 'docs/README.md')
    .filter(({ path }) => !text.includes(`(${path.replace('docs/', '')})`));
  expect(missing.map(({ path }) => path)).toEqual([]);
});

it('has commands, and an output to compare', () => {
  const commands = steps.flatMap((step) => (step.kind === 'run' ? [step.command] : []));
  for (const name of ['sign', 'inspect', 'verify', 'evidence', 'watch'])
    expect(
      commands.some((command) => command.startsWith(`oneshot ${name} `)),
      name,
    ).toBe(true);
  expect(commands.some((command) => command.startsWith('pyhanko '))).toBe(true);
  expect(steps.some(({ kind }) => kind === 'compare')).toBe(true);
});

let isBroken = false;
it.each(
  steps.map(
    (step) =>
      [
        step.kind === 'run' ? step.command : `${step.kind} ${'path' in step ? step.path : 'the output'}`,
        step,
      ] as const,
  ),
)(
  '%s',
  (_, step) => {
    // Each step builds on those before it.
    expect(isBroken, 'an earlier step failed').toBe(false);
    isBroken = true;
    if (step.kind === 'write') {
      mkdirSync(dirname(join(folder, step.path)), { recursive: true });
      writeFileSync(join(folder, step.path), step.text);
    } else if (step.kind === 'compare') {
      const actual = essentials(printed);
      expect(actual).toEqual(expect.arrayContaining(essentials(step.text)));
    } else {
      const command = filledIn(step.command);
      const program = JUDGES.exec(command)?.[1];
      const isMissing = program !== undefined && run(`command -v ${program}`).status !== 0;
      if (!isMissing || process.env.CI) {
        const { status, stdout, stderr } = run(command);
        const expected = Number(/# exit code (\d)/.exec(command)?.[1] ?? 0);
        expect(status, `${command}\n${stdout}\n${stderr}`).toBe(expected);
        if (program === 'pdfsig') expect(stdout).toContain('Signature is Valid');
        if (program === 'pyhanko') expect(stdout).toContain('judged VALID');
        // Where output goes does not matter to a person.
        if (program === undefined) printed = `${stdout}\n${stderr}`;
      }
    }
    isBroken = false;
  },
  ONE_COMMAND_MS,
);
