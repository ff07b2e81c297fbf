// `npm run test:long`: the heavy matrices whole, of which `npm test` runs the short form. Says what each took.
//
// `npm run test:long -- --minutes 20` begins no part after so many minutes, and names those that it leaves out. Each
// day another part is the first, so that where there is little time all of them have their turn.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { build, isBuildNeeded } from './build.mjs';
import { installPrerequisites } from './install-prerequisites.mjs';
import { conclude, runSuites } from './suites.mjs';

/** Parts of paths of the tests that ask test/support/long-form.ts, or that only the long form has. */
const PARTS = [
  { name: 'every file of the corpus at B-B and B-T, in every look, for every judge', filters: ['level-b-'] },
  { name: 'every file of the corpus at B-LT and B-LTA', filters: ['conformance/long-term'] },
  {
    name: 'a process killed at every moment',
    filters: ['faults/killed-process', 'optimizer-api/restart', 'co-signing-command', 'database-failover'],
  },
  { name: 'costly documents, full disks', filters: ['optimizer-api/hungry-client', 'optimizer-api/weather'] },
  { name: 'damaged documents', filters: ['test/fuzz/'] },
  { name: 'every flavour of PDF/A and PDF/UA, in every look', filters: ['conformance/archival'] },
  { name: 'files of another product, raised', filters: ['conformance/others-files'] },
  {
    name: 'thirty years, and an archive of a thousand files',
    filters: ['integration/thirty-years', 'integration/archive', 'integration/clocks-apart'],
  },
  { name: 'chaos', filters: ['test/chaos/'] },
  { name: 'a second build', filters: ['packages/same-build'] },
];

const { values } = parseArgs({ options: { minutes: { type: 'string' } } });
const minutes = Number(values.minutes ?? Number.POSITIVE_INFINITY);
const first = values.minutes === undefined ? 0 : Math.floor(Date.now() / 86_400_000) % PARTS.length;

process.env.ONESHOT_TESTS = 'long';
await installPrerequisites();
const tallies = isBuildNeeded() && !(await build()) ? [{ passed: 0, failed: 1, skipped: 0 }] : [];
const figures = [];
const start = performance.now();
for (const { name, filters } of [...PARTS.slice(first), ...PARTS.slice(0, first)]) {
  const begun = performance.now();
  if (begun - start > minutes * 60_000) {
    figures.push(`- ${name}: left out, ${minutes} minutes are over`);
    continue;
  }
  const tally = await runSuites(filters);
  tallies.push(tally);
  figures.push(`- ${name}: ${tally.passed} passed in ${Math.round((performance.now() - begun) / 1000)} s`);
}
console.log(`\nThe long form:\n${figures.join('\n')}`);
conclude(tallies);
