// `npm run test:long`: the heavy matrices whole, of which `npm test` runs the short form. Says what each took.
import { performance } from 'node:perf_hooks';
import { build, isBuildNeeded } from './build.mjs';
import { installPrerequisites } from './install-prerequisites.mjs';
import { conclude, runSuites } from './suites.mjs';

/** Parts of paths of the tests that ask test/support/long-form.ts. */
const PARTS = [
  { name: 'every file of the corpus at every level, look and judge', filters: ['test/conformance/'] },
  { name: 'a process killed at every moment', filters: ['optimizer-api/restart'] },
  { name: 'damaged documents', filters: ['test/fuzz/'] },
  { name: 'chaos', filters: ['test/chaos/'] },
];

process.env.ONESHOT_TESTS = 'long';
await installPrerequisites();
const tallies = isBuildNeeded() && !(await build()) ? [{ passed: 0, failed: 1, skipped: 0 }] : [];
const figures = [];
for (const { name, filters } of PARTS) {
  const begun = performance.now();
  const tally = await runSuites(filters);
  tallies.push(tally);
  figures.push(`- ${name}: ${tally.passed} passed in ${Math.round((performance.now() - begun) / 1000)} s`);
}
console.log(`\nThe long form:\n${figures.join('\n')}`);
conclude(tallies);
