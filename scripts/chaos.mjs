// `npm run chaos -- --minutes N --database sqlite|postgres --seed N`: compiles the programs and what disturbs them, and runs it.

import { spawn } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'vite';
import { build, isBuildNeeded } from './build.mjs';
import { ROOT } from './run.mjs';

if (isBuildNeeded() && !(await build())) process.exit(1);
const outDir = join(ROOT, '.cache', 'chaos', 'program');
await bundle({
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: { chaos: join(ROOT, 'test/chaos/command.ts') },
      output: { format: 'esm', entryFileNames: '[name].js' },
    },
  },
});
copyFileSync(join(ROOT, 'test/chaos/disturbed.mjs'), join(outDir, 'disturbed.mjs'));
const child = spawn(process.execPath, [join(outDir, 'chaos.js'), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, CHAOS_ROOT: ROOT },
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
