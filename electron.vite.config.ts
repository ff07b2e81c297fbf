import { cp } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { OUTSIDE } from './scripts/package/modules.mjs';

/** The interpreter for scripts of documents, which the station never runs and therefore does not have. */
const SCRIPT_INTERPRETER = /quickjs/i;

/** What pdf.js loads on demand beside its code: character maps, standard fonts, decoders, colour profiles. */
function pdfjsFiles(target: string): Plugin {
  const source = resolve('node_modules/pdfjs-dist');
  const copy = async () => {
    for (const folder of ['cmaps', 'standard_fonts', 'iccs', 'wasm']) {
      await cp(resolve(source, folder), resolve(target, 'pdfjs', folder), {
        recursive: true,
        filter: (path) => !SCRIPT_INTERPRETER.test(basename(path)),
      });
    }
  };
  // Once, however often a watched bundle is written: two copies at the same time disturb each other.
  let copied: Promise<void> | undefined;
  return {
    name: 'pdfjs-files',
    apply: 'build',
    closeBundle() {
      copied ??= copy();
      return copied;
    },
  };
}

// Everything that runs in Node is one build: the command line, the signature service and the station's main
// process. `node20` keeps the same files usable without Electron.
export default defineConfig({
  main: {
    // Without its names of countries in every language, which it would look for in files of its own.
    resolve: { alias: { 'i18n-iso-countries': resolve('node_modules/i18n-iso-countries/index.js') } },
    build: {
      // Hundreds of small files are read as one, and packages for desks and servers need no node_modules but these.
      externalizeDeps: {
        // For servers, and only where keys are in a token: never bundled, never in a package of the station.
        include: ['pkcs11js'],
        exclude: Object.keys(manifest.dependencies).filter((name) => !OUTSIDE.includes(name)),
      },
      target: 'node20',
      sourcemap: true,
      rollupOptions: {
        // Also what is an optional dependency, which may not be installed.
        external: OUTSIDE,
        input: {
          index: resolve('src/main/index.ts'),
          oneshot: resolve('src/cli/oneshot.ts'),
          'signature-service': resolve('src/service/main.ts'),
          'zone-worker': resolve('src/main/id-pictures/zone-worker.ts'),
          'pkcs11-token': resolve('src/service/keys/pkcs11/token-process.ts'),
          'document-worker': resolve('src/optimizer/work/document-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload has no module loader: one CommonJS file each, with everything inside.
      externalizeDeps: false,
      minify: true,
      isolatedEntries: true,
      rollupOptions: {
        input: {
          clerk: resolve('src/preload/clerk.ts'),
          signer: resolve('src/preload/signer.ts'),
          admin: resolve('src/preload/admin.ts'),
          display: resolve('src/preload/display.ts'),
        },
        // What a preload imports later is inside too, and runs when it is asked for.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // Put in by the app:// handler again for every response (src/main/documents/serve-bundle.ts).
    html: { cspNonce: 'CSP_NONCE' },
    plugins: [react({ jsxImportSource: '#shown-text' }), pdfjsFiles(resolve('out/renderer'))],
    // Texts as one string, which costs nothing until it is parsed.
    json: { stringify: true },
    build: {
      target: 'chrome140',
      minify: true,
      // Fonts and icons stay files: the policy of the pages names `self` only.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: {
          clerk: resolve('src/renderer/clerk.html'),
          signer: resolve('src/renderer/signer.html'),
          admin: resolve('src/renderer/admin.html'),
          display: resolve('src/renderer/display.html'),
          printer: resolve('src/renderer/printer.html'),
        },
      },
    },
  },
});
