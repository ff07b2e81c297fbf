// Compiles the stand-in into out/standin: the host for Node, the scripts of both worlds for Chromium.
import { resolve } from 'node:path';
import { build } from 'vite';

const here = import.meta.dirname;
const outDir = resolve(here, '../../out/standin');
/** @type {import('vite').InlineConfig} */
const common = { configFile: false, logLevel: 'warn' };

await build({
  ...common,
  build: {
    ssr: resolve(here, 'host/boot.ts'),
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'boot.cjs' } },
  },
});
for (const world of ['isolated-world', 'main-world']) {
  await build({
    ...common,
    build: {
      lib: {
        entry: resolve(here, `page/${world}.ts`),
        name: 'standin',
        formats: ['iife'],
        fileName: () => `${world}.js`,
      },
      outDir,
      emptyOutDir: false,
      minify: false,
    },
  });
}
