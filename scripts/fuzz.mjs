// `npm run fuzz -- --runs N --workers N`: compiles the fuzzer over the reader and runs it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './run.mjs';

const outDir = join(ROOT, '.cache', 'fuzz', 'program');
await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: { fuzz: join(ROOT, 'test/fuzz/fuzz.ts'), worker: join(ROOT, 'test/fuzz/worker.ts') },
      output: { format: 'esm', entryFileNames: '[name].js' },
    },
  },
});
const child = spawn(process.execPath, [join(outDir, 'fuzz.js'), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
