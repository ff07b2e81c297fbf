// `npm run bench -- pki|envelope|growth|service|station|archive|ledger [what]`: compiles and runs one benchmark; without a
// name all of them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { FIGURES } from './bench-summary.mjs';
import { ROOT, run, runPackage } from './run.mjs';

/** Contestants are programs of their own, so that each is measured alone. */
const ENVELOPE = { folder: 'bench/envelope', programs: ['ours', 'limit', 'node-peers'] };

async function envelope(/** @type {string[]} */ what) {
  const contestants = ENVELOPE.programs.map((name) => [name, `${ENVELOPE.folder}/contestants/${name}.ts`]);
  const outDir = await compile('compiled', [['envelope', `${ENVELOPE.folder}/envelope.ts`], ...contestants]);
  return run(process.execPath, [join(outDir, 'envelope.js'), ...what]);
}

async function growth() {
  const outDir = await compile('growth', [['growth', 'bench/growth/growth.ts']]);
  return run(process.execPath, [join(outDir, 'growth.js')]);
}

async function ledger() {
  const outDir = await compile('ledger', [['ledger', 'bench/archive/ledger.ts']]);
  return run(process.execPath, [join(outDir, 'ledger.js')]);
}

async function service(/** @type {string[]} */ what) {
  const programs = [
    ['service', 'bench/service/service.ts'],
    ['main', 'src/service/main.ts'],
  ];
  const outDir = await compile('service', programs);
  return run(process.execPath, [join(outDir, 'service.js'), ...what]);
}

/**
 * @param {string} folder
 * @param {string[][]} programs names and sources
 * @returns where they are
 */
async function compile(folder, programs) {
  const outDir = join(ROOT, '.cache', 'bench', folder);
  const input = Object.fromEntries(programs);
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { input, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  });
  return outDir;
}

const pki = () =>
  runPackage({ package: 'vitest', bin: 'vitest', args: ['bench', '--run', 'bench/pki.bench.ts'] });

const archive = () => run(process.execPath, [join(ROOT, 'bench', 'archive', 'archive.mjs')]);
const station = () => run(process.execPath, [join(ROOT, 'bench', 'station', 'station.mjs')]);

/** @type {Record<string, (what: string[]) => Promise<number>>} */
const BENCHMARKS = { pki, envelope, growth, service, station, archive, ledger };

mkdirSync(join(ROOT, '.cache', 'bench'), { recursive: true });
/** What the benchmarks note of themselves; `node scripts/bench-summary.mjs` says what moved. */
process.env.BENCH_FIGURES ??= FIGURES;

const [name, ...what] = process.argv.slice(2);
const chosen = name === undefined ? Object.values(BENCHMARKS) : [BENCHMARKS[name]];
for (const benchmark of chosen) {
  if (!benchmark) {
    console.error(`No such benchmark; there are: ${Object.keys(BENCHMARKS).join(', ')}.`);
    process.exitCode = 2;
  } else {
    process.exitCode ||= await benchmark(what);
  }
}
