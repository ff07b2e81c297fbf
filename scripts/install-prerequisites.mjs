// Finds what the tests need, installs what it may, and says in plain sentences what came of it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { JUDGES, JUDGES_FOLDER, PROGRAMS } from './prerequisites.mjs';
import { ROOT, run } from './run.mjs';

/** @typedef {import('./prerequisites.mjs').Prerequisite} Prerequisite */

/** @param {string} sentence */
const say = (sentence) => console.log(`- ${sentence}`);

const isRootOnDebian = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

/** Installs, says what is there, and what will be skipped. */
export async function installPrerequisites() {
  console.log('\nWhat the tests need:');
  await installPackages([
    ...PROGRAMS,
    ...JUDGES.filter((judge) => judge.missing()).flatMap((judge) => judge.needs),
  ]);
  for (const program of PROGRAMS) report(program, program.missing());
  for (const judge of JUDGES) report(judge, await installJudge(judge));
}

/** @param {readonly Prerequisite[]} prerequisites */
async function installPackages(prerequisites) {
  const missing = prerequisites.filter((prerequisite) => prerequisite.missing());
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((prerequisite) => prerequisite.packages))];
  if (!isRootOnDebian()) {
    say(`Not installed by itself, because that takes root on Debian: ${packages.join(', ')}.`);
    return;
  }
  say(`Installing with apt-get: ${packages.join(', ')}.`);
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  await run('apt-get', ['update', '-qq']);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/**
 * @param {typeof JUDGES[number]} judge
 * @returns {Promise<string | undefined>} why the judge cannot be used
 */
async function installJudge(judge) {
  const unmet = judge.needs.map((need) => need.missing()).find((reason) => reason !== undefined);
  if (unmet) return judge.missing() && unmet;
  if (judge.missing()) say(`Installing ${judge.name} into .cache/judges.`);
  const setup = join(ROOT, 'test', 'conformance', 'judges', 'setup.sh');
  const code = await run('bash', [setup, JUDGES_FOLDER, judge.setup]);
  return code === 0 ? judge.missing() : 'its installation failed';
}

/**
 * @param {{ name: string, purpose: string }} prerequisite
 * @param {string | undefined} reason
 */
function report({ name, purpose }, reason) {
  if (!reason) say(`${name} is there: ${purpose}.`);
  else if (process.env.CI) say(`${name} is MISSING (${reason}), which fails the tests that need it.`);
  else say(`${name} is missing (${reason}). Skipped without it: ${purpose}.`);
}

if (process.argv[1] === import.meta.filename) await installPrerequisites();
