import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';

// Everything that runs in Node is one build: the command line and the signature service today, the
// station's main process beside them. `node20` keeps the same files usable without Electron.
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      sourcemap: true,
      rollupOptions: {
        input: {
          oneshot: resolve('src/cli/oneshot.ts'),
          'signature-service': resolve('src/service/main.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
});
