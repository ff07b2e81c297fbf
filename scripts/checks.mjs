// Types, style, import rules and unused code: everything about the sources that is not a test.
import { aside } from './aside.mjs';
import { commandOf } from './run.mjs';

/**
 * A second run looks only at what changed since the first, and at what depends on it.
 * @param {string} project
 * @param {string} remembered
 */
const types = (project, remembered) => [
  ...['-p', project, '--incremental'],
  ...['--tsBuildInfoFile', `node_modules/.cache/types/${remembered}.tsbuildinfo`],
];

const CHECKS = [
  { name: 'types', package: 'typescript', bin: 'tsc', args: types('.', 'station') },
  {
    name: 'types of the windows',
    package: 'typescript',
    bin: 'tsc',
    args: types('tsconfig.web.json', 'windows'),
  },
  { name: 'style', package: '@biomejs/biome', bin: 'biome', args: ['check', '--error-on-warnings', '.'] },
  {
    name: 'import rules',
    package: 'dependency-cruiser',
    bin: 'dependency-cruiser',
    args: ['--config', '.dependency-cruiser.cjs', 'src'],
  },
  { name: 'unused code', package: 'knip', bin: 'knip', args: [] },
];

/** Most of them use one processor. */
const AT_ONCE = 2;

/**
 * Runs every check, also after one has failed.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks() {
  const tally = { passed: 0, failed: 0 };
  const waiting = [...CHECKS];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { ok, printed } = await aside(commandOf(check)).then(
        (text) => ({ ok: true, printed: text }),
        (error) => ({ ok: false, printed: error.message }),
      );
      console.log(`\nCheck: ${check.name}\n${printed.trim()}`);
      tally[ok ? 'passed' : 'failed']++;
      if (!ok) console.log(`Check failed: ${check.name}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return tally;
}
